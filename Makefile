# dmr-tools.  Everything is built under $(BUILD); "make help" lists the goals.
PREFIX  = /usr/local
BUILD   = build
VERSION = 0.1.0
CC      = gcc
CFLAGS  = -O2 -g
LDLIBS  = -lcurl -ljq -lcmark -lcrypto -ltree-sitter -ldl -lm

warnings  = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wconversion -Wformat=2 -Wvla $(WERROR)
hardening = $(if $(SAN),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2) -fstack-protector-strong -fPIE
ours      = -std=c11 -D_XOPEN_SOURCE=700 -DVERSION='"$(VERSION)"' -Ilib -MMD \
            -MP $(warnings) $(hardening) $(SAN:%=-fsanitize=%) \
            $(if $(SAN),-fno-sanitize-recover=all -fno-omit-frame-pointer) \
            $(if $(POSIX_ONLY),-DPOSIX_ONLY)
linking   = -pie -Wl,-z,relro,-z,now,--as-needed $(SAN:%=-fsanitize=%)

tools = $(patsubst tools/%.c,$(BUILD)/%,$(wildcard tools/*.c))
lib   = $(patsubst lib/%.c,$(BUILD)/lib/%.o,$(wildcard lib/*.c))
units = $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/*.c))
preloads = $(patsubst tests/%.c,$(BUILD)/tests/%.so,$(wildcard tests/preload/*.c))
pages = $(wildcard man/*.[157])
data  = $(addprefix $(BUILD)/../share/dmr/,prompts languages models.tsv) \
        $(BUILD)/../lib/dmr/grammars
# One set of grammars is for all variants.
grammars = $(shell sed -n 's/^\([a-z][a-z_]*\) .*/build\/grammars\/\1.so/p' \
        grammars/packages.txt)
# One that no tool has: a test adds it as a user would.
added = build/grammars/php.so
root  = $(DESTDIR)$(PREFIX)

## all          build the tools into $(BUILD), and the grammars (the default goal)
all: tools grammars

## tools        build the tools without what dmr-docstring reads languages with
tools: $(tools) $(data)

## grammars     build the grammars: needs a network the first time
grammars: $(grammars)

## help         print this list
help:
	@sed -n 's/^## //p' Makefile

## deps         install the Debian packages that building needs (NO_DEPS=1: not)
deps:
	@scripts/deps build

# A program is tools/NAME.c and what lies in tools/NAME/.
.SECONDEXPANSION:
$(tools): $(BUILD)/%: $(BUILD)/tools/%.o \
    $$(addsuffix .o,$$(addprefix $(BUILD)/,$$(basename $$(wildcard tools/$$*/*.c)))) \
    $(BUILD)/libdmr.a $(BUILD)/flags
	$(CC) $(linking) $(LDFLAGS) -o $@ $(filter %.o %.a,$^) $(LDLIBS)

# One tool is a server.
mock_libs = -lmicrohttpd
$(BUILD)/dmr-mock: private LDLIBS += $(mock_libs)

$(BUILD)/libdmr.a: $(lib)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ours) $(CPPFLAGS) $(CFLAGS) $(fast) -c -o $@ $<

# A scan of many vectors is as fast as memory if its sums stay in registers.
$(BUILD)/lib/vector.o: private fast = $(if $(SAN),,-O3)

$(BUILD)/tests/rawd: $(wildcard tests/rawd/*.[ch]) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP,$(ours)) $(CPPFLAGS) $(CFLAGS) $(linking) \
	    $(LDFLAGS) -o $@ $(filter %.c,$^)

# What stands before libc's own, for a program that is started with LD_PRELOAD.
$(BUILD)/tests/preload/%.so: tests/preload/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP -fPIE,$(ours)) -fPIC $(CFLAGS) -shared -o $@ $<

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libdmr.a
	$(CC) $(linking) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Tests of parts of dmr-mock.  These rules name their targets: one with a pattern
# gives way to the one above as long as an object is not there.
$(filter $(BUILD)/tests/unit/mock_%,$(units)): \
    $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o \
    $(patsubst %.c,$(BUILD)/%.o,$(wildcard tools/dmr-mock/*.c)) \
    $(BUILD)/libdmr.a
	$(CC) $(linking) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(mock_libs)

# Tests of parts of dmr-docstring.
$(filter $(BUILD)/tests/unit/docstring%,$(units)): \
    $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o \
    $(patsubst %.c,$(BUILD)/%.o,$(wildcard tools/dmr-docstring/*.c)) \
    $(BUILD)/libdmr.a
	$(CC) $(linking) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Tests of parts of dmr-review.
$(filter $(BUILD)/tests/unit/review%,$(units)): \
    $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o \
    $(patsubst %.c,$(BUILD)/%.o,$(wildcard tools/dmr-review/*.c)) \
    $(BUILD)/libdmr.a
	$(CC) $(linking) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Tests of parts of dmr-reqs.
$(filter $(BUILD)/tests/unit/reqs%,$(units)): \
    $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o \
    $(patsubst %.c,$(BUILD)/%.o,$(wildcard tools/dmr-reqs/*.c)) \
    $(BUILD)/libdmr.a
	$(CC) $(linking) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Tests of parts of dmr-check.
$(filter $(BUILD)/tests/unit/check%,$(units)): \
    $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o \
    $(patsubst %.c,$(BUILD)/%.o,$(wildcard tools/dmr-check/*.c)) \
    $(BUILD)/libdmr.a
	$(CC) $(linking) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# What the objects were compiled with: another compiler or flag makes them anew.
$(BUILD)/flags: force
	@mkdir -p $(@D)
	@echo '$(CC) $(ours) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(LDLIBS)' | cmp -s - $@ || \
	    echo '$(CC) $(ours) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(LDLIBS)' > $@

build/grammars/%.so: grammars/packages.txt grammars/tests.txt grammars/build
	grammars/build $* '$(CC)'

# Data lies beside the program, as it does when installed.  In the source tree
# itself the link is part of the project.
$(data):
	@mkdir -p $(BUILD) $(@D)
	@[ "$(CURDIR)" = "$(abspath $(BUILD)/..)" ] || ln -sfn \
	    "$(CURDIR)/$(if $(filter %.tsv,$@),share/)$(if \
	    $(filter %/grammars,$@),build/)$(@F)" $@

## check        install what the tests need, build, run all tests
check:
	@scripts/deps build runner test lint
	@tests/run check

## check-fast   the tests without network and real runner, for every commit
check-fast:
	@tests/run fast

## check-wide   others' clients, proxies and toolchains, valgrind, a bare machine; for releases
check-wide:
	@scripts/deps build runner test wide
	@tests/run wide

# What the tests run, of one tree.
tests: tools grammars $(added) $(units) $(preloads) $(BUILD)/tests/rawd

## lint         clang-tidy, clang-format, shellcheck, mandoc, gcc and clang
lint:
	@tests/lint

## asan         the tools and tests with AddressSanitizer and UBSan: build-asan
asan:
	@$(MAKE) --no-print-directory BUILD=build-asan SAN='address undefined' \
	    CFLAGS='-O1 -g' tests

## demo         a real model answers: needs a network the first time
demo:
	@scripts/deps build runner
	@$(MAKE) --no-print-directory tools
	@scripts/demo

## demo-stop    end what the demo started
demo-stop:
	@scripts/demo-stop

## install      into $(DESTDIR)$(PREFIX)
install: all
	install -d "$(root)/bin" "$(root)/share/dmr/prompts" \
	    "$(root)/share/dmr/languages" "$(root)/lib/dmr/grammars"
	install $(tools) "$(root)/bin"
	install -m 644 prompts/* "$(root)/share/dmr/prompts"
	install -m 644 languages/* "$(root)/share/dmr/languages"
	install -m 644 $(grammars) "$(root)/lib/dmr/grammars"
	install -m 644 share/models.tsv "$(root)/share/dmr"
	for page in $(pages); do install -D -m 644 $$page \
	    "$(root)/share/man/man$${page##*.}/$${page##*/}" || exit; done
	install -D -m 644 share/completions/_dmr \
	    "$(root)/share/zsh/site-functions/_dmr"
	for tool in $(notdir $(tools)); do \
	    install -D -m 644 share/completions/dmr.bash \
	        "$(root)/share/bash-completion/completions/$$tool" && \
	    install -D -m 644 share/completions/dmr.fish \
	        "$(root)/share/fish/vendor_completions.d/$$tool.fish" || \
	    exit; done

## uninstall    remove what install put there
uninstall:
	cd "$(root)" && rm -f $(patsubst %,share/dmr/%,$(wildcard prompts/* \
	    languages/*)) $(grammars:build/%=lib/dmr/%) share/dmr/models.tsv share/zsh/site-functions/_dmr
	for page in $(notdir $(pages)); do \
	    rm -f "$(root)/share/man/man$${page##*.}/$$page"; done
	for tool in $(notdir $(tools)); do rm -f "$(root)/bin/$$tool" \
	    "$(root)/share/bash-completion/completions/$$tool" \
	    "$(root)/share/fish/vendor_completions.d/$$tool.fish"; done
	-rmdir "$(root)/share/dmr/prompts" "$(root)/share/dmr/languages" \
	    "$(root)/share/dmr" "$(root)/lib/dmr/grammars" "$(root)/lib/dmr"

## dist         the last commit's sources: $(BUILD)/dmr-tools-VERSION.tar.gz
dist:
	@scripts/dist '$(VERSION)' '$(BUILD)'

## install-hooks    HOOKS of contrib/hooks into the Git repository REPO
HOOKS = pre-commit-docs-check pre-push-review prepare-commit-msg
install-hooks: export REPO := $(REPO)
install-hooks:
	@scripts/install-hooks "$$REPO" $(HOOKS)

## clean        remove what was built, but for downloads and the real runner
clean:
	rm -rf $(BUILD)/lib $(BUILD)/tools $(BUILD)/tests $(BUILD)/libdmr.a \
	    $(BUILD)/flags $(tools) $(BUILD)/grammars/*.so build-*

-include $(wildcard $(BUILD)/lib/*.d $(BUILD)/tools/*.d $(BUILD)/tools/*/*.d \
    $(BUILD)/tests/*.d $(BUILD)/tests/unit/*.d)
.SECONDARY:
.PHONY: all tools grammars help deps check check-fast check-wide tests lint \
    asan demo demo-stop install uninstall dist install-hooks clean force
