# shellcheck shell=bash disable=SC2154,SC2030,SC2031
# dmr-docstring with a real model: SmolLM2, whose words are poor; what counts is
# that every declaration is documented or named, and every file as good as it
# was.
load ../lib
load real

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	export DMR_HOST=unix://$RUNNER_SOCKET DEADLINE=300
}

# Twenty functions in five languages.
make_sources() {
	cat >a.py <<-'EOT'
		def add(a, b):
		    return a + b


		def mean(values: list[float]) -> float:
		    if not values:
		        raise ValueError("no values")
		    return sum(values) / len(values)


		def read_lines(path):
		    with open(path) as file:
		        for line in file:
		            yield line.rstrip()


		class Stack:
		    def push(self, item):
		        self.items.append(item)
	EOT
	cat >b.mjs <<-'EOT'
		export function add(a, b) {
			return a + b;
		}

		export const double = (n) => n * 2;

		export async function load(url, { retries = 2 } = {}) {
			if (retries < 0) throw new RangeError("retries");
			return fetch(url);
		}

		export class Queue {
			push(item) {
				this.items.push(item);
			}
		}
	EOT
	cat >c.go <<-'EOT'
		package sums

		import "errors"

		func Add(a, b int) int {
			return a + b
		}

		func Mean(values []float64) (float64, error) {
			if len(values) == 0 {
				return 0, errors.New("no values")
			}
			sum := 0.0
			for _, v := range values {
				sum += v
			}
			return sum / float64(len(values)), nil
		}

		type Stack struct{ items []int }

		func (s *Stack) Push(item int) { s.items = append(s.items, item) }
	EOT
	cat >d.c <<-'EOT'
		#include <stddef.h>

		int
		add(int a, int b)
		{
			return a + b;
		}

		double
		mean(const double *values, size_t n)
		{
			double sum = 0;

			for (size_t i = 0; i < n; i++)
				sum += values[i];
			return n ? sum / (double)n : 0;
		}

		size_t
		count(const char *text, char c)
		{
			size_t n = 0;

			for (; *text; text++)
				n += *text == c;
			return n;
		}
	EOT
	cat >e.sh <<-'EOT'
		#!/bin/sh
		greet() {
			echo "Hello, $1"
		}

		backup() {
			cp "$1" "$1.bak"
		}

		count_lines() {
			wc -l <"$1"
		}
	EOT
}

@test "real: twenty declarations in five languages are documented or named" {
	local inserted named

	make_sources
	mkdir before && cp ./*.* before
	try dmr-docstring -m ai/smollm2 -i --max-tokens 200 \
		--sections summary,params,returns --report report ./*.*
	((status == 0 || status == 8)) || { cat stderr && false; }
	assert_stdout
	inserted=$(grep -c '"action":"insert"' report)
	named=$(grep -cE '^dmr-docstring: \./[^ ]*:[0-9]+: ' stderr || :)
	echo "$inserted documented, $named named"
	((inserted + named >= 20 && inserted >= 10))
	python "$tests/same_code.py" before/a.py a.py
	gcc -c -o before.o before/d.c && gcc -c -o after.o d.c
	objcopy -O binary -j .text before.o before.text
	objcopy -O binary -j .text after.o after.text
	cmp before.text after.text
	sh -n e.sh
	! have node || node --check b.mjs
	! have gofmt || gofmt -e c.go >formatted
}

# document_all FILE OPTION ...: until nothing is left.  A model as small as this
# one may spoil an answer twice; its declaration is named, exit 8, and is asked
# for again by the next run.
document_all() {
	local _

	for _ in {1..5}; do
		try dmr-docstring -m ai/smollm2 --log log -o "$1" "${@:2}" "$1"
		((status)) || return 0
		((status == 8)) || break
	done
	echo "exit status $status"
	cat stderr
	return 1
}

@test "real: a second run asks nothing of what was documented" {
	make_sources
	cp a.py once.py
	document_all once.py --max-tokens 200 --sections summary
	(($(grep -c '"""' once.py) > $(grep -c '"""' a.py || :)))
	cp log first
	try -0 dmr-docstring -m ai/smollm2 --sections summary --log log once.py
	assert_stdout -f once.py
	assert_file log -f first
}

@test "real: a context that is smaller than the guess is found out, and fits" {
	local i

	{
		echo 'def long():'
		for ((i = 0; i < 1500; i++)); do
			echo "    v$i=f$i(9,8,7,[$i],{$i:'~|^'})"
		done
	} >long.py
	# Digits and marks are a token each: more than two bytes' worth.  Half
	# of the context is for the answer, so that the prompt is soon read.
	document_all long.py --max-tokens 4096 --context-size 100000 \
		--sections summary
	jq -c .exit log | head -n 1 | assert_file /dev/stdin 3
	jq -c .exit log | tail -n 1 | assert_file /dev/stdin 0
	[[ $(sed -n 2p long.py) == '    """'* ]]
}
