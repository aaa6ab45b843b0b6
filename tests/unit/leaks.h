/* leaks.h - what AddressSanitizer need not tell of libtree-sitter. */

/* 0.20 loses a block of a node that has more than 65535 children. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
	return "leak:ts_stack_pop_all\n";
}
