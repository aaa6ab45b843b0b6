/*
 * parse - read files and parse each, and nothing else: the least that a tool
 * needs that looks at them.
 *
 *     parse GRAMMAR SYMBOL FILE...    build/grammars/python.so tree_sitter_python
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <tree_sitter/api.h>
#include <unistd.h>

static const TSLanguage *
load(const char *path, const char *symbol)
{
	void *handle = dlopen(path, RTLD_NOW);
	void *found = handle ? dlsym(handle, symbol) : NULL;
	const TSLanguage *(*get)(void);

	if (!found) {
		fprintf(stderr, "parse: %s\n", dlerror());
		exit(1);
	}
	*(void **)&get = found;
	return get();
}

static char *
read_file(const char *path, uint32_t *size)
{
	int fd = open(path, O_RDONLY);
	struct stat st;
	char *text;

	if (fd < 0 || fstat(fd, &st) ||
	    !(text = malloc((size_t)st.st_size + 1)))
		return NULL;
	*size = (uint32_t)read(fd, text, (size_t)st.st_size);
	close(fd);
	return text;
}

int
main(int argc, char **argv)
{
	TSParser *parser = ts_parser_new();
	unsigned long nbytes = 0, nwrong = 0;

	if (argc < 4 || !ts_parser_set_language(parser, load(argv[1], argv[2])))
		return 2;
	for (int i = 3; i < argc; i++) {
		uint32_t size;
		char *text = read_file(argv[i], &size);
		TSTree *tree;

		if (!text)
			return 1;
		tree = ts_parser_parse_string(parser, NULL, text, size);
		nwrong += ts_node_has_error(ts_tree_root_node(tree));
		nbytes += size;
		ts_tree_delete(tree);
		free(text);
	}
	printf(
	    "%d files, %lu bytes, %lu with errors\n", argc - 3, nbytes, nwrong);
	return 0;
}
