/*
 * bare - what libcurl alone can do: requests over reused handles.
 *
 *     bare JOBS URL [SOCKET] <BODIES
 *
 * Each line is the body of a POST; JOBS of them are in flight at once.  The
 * answers are thrown away, but counted: it fails unless each is a 200.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 1 << 16, JOBS_MAX = 1000 };

struct job {
	CURL *easy;
	char body[LINE_SIZE];
};

static size_t
drop(char *data, size_t size, size_t n, void *owner)
{
	(void)data;
	(void)owner;
	return size * n;
}

static struct job *
make_job(const char *url, const char *path, struct curl_slist *headers)
{
	struct job *job = malloc(sizeof *job);

	if (!job)
		exit(1);
	job->easy = curl_easy_init();
	curl_easy_setopt(job->easy, CURLOPT_URL, url);
	curl_easy_setopt(job->easy, CURLOPT_UNIX_SOCKET_PATH, path);
	curl_easy_setopt(job->easy, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(job->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(job->easy, CURLOPT_WRITEFUNCTION, drop);
	curl_easy_setopt(job->easy, CURLOPT_PRIVATE, job);
	return job;
}

/* Returns 0 when there is no line left. */
static int
start(CURLM *multi, struct job *job)
{
	size_t n;

	if (!fgets(job->body, sizeof job->body, stdin))
		return 0;
	n = strcspn(job->body, "\n");
	curl_easy_setopt(job->easy, CURLOPT_POSTFIELDS, job->body);
	curl_easy_setopt(job->easy, CURLOPT_POSTFIELDSIZE, (long)n);
	curl_multi_add_handle(multi, job->easy);
	return 1;
}

int
main(int argc, char **argv)
{
	int jobs = argc == 3 || argc == 4 ? atoi(argv[1]) : 0;
	struct curl_slist *headers = NULL;
	CURLM *multi;
	struct job *done[JOBS_MAX];
	int running = 0, ndone = 0, left;
	CURLMsg *m;

	if (jobs < 1 || jobs > JOBS_MAX)
		return 2;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	multi = curl_multi_init();
	headers = curl_slist_append(headers, "Content-Type: application/json");
	headers = curl_slist_append(headers, "Expect:");
	for (int i = 0; i < jobs; i++)
		running += start(multi,
		    make_job(argv[2], argc == 4 ? argv[3] : NULL, headers));
	while (running) {
		curl_multi_poll(multi, NULL, 0, 1000, NULL);
		curl_multi_perform(multi, &left);
		while ((m = curl_multi_info_read(multi, &left))) {
			CURL *easy = m->easy_handle;
			struct job *job;
			long status;

			curl_easy_getinfo(easy, CURLINFO_PRIVATE, &job);
			curl_easy_getinfo(
			    easy, CURLINFO_RESPONSE_CODE, &status);
			if (m->data.result || status != 200)
				return 1;
			curl_multi_remove_handle(multi, easy);
			done[ndone++] = job;
		}
		while (ndone)
			running += start(multi, done[--ndone]) - 1;
	}
	return 0;
}
