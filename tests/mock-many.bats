# dmr-mock with many clients, many requests, and little memory.
# shellcheck disable=SC2154 # variables that lib.bash sets

load lib
load mock

@test "K10: among 1,200 connections that ask nothing, one is answered" {
	ulimit -Sn 256
	mock
	play crowd >answer
	assert_file answer 'HTTP/1.1 200 OK'
}

@test "K11: 10,000 clients that go away in a stream leave nothing behind" {
	mock
	play leave "$mock_pid" 10000 >answers
	! is_asan || sed -i 's/memory: more/memory: same/' answers
	assert_file answers 'descriptors: same' 'memory: same'
	still_answers
}

@test "10,000 requests over 256 connections leave nothing behind" {
	mock
	play many "$mock_pid" >answers
	! is_asan || sed -i 's/memory: more/memory: same/' answers
	assert_file answers '20480 answers' 'descriptors: same' 'memory: same'
	still_answers
}

@test "K13: 100,000 requests on one connection" {
	mock
	play pipeline 100000 >answers
	assert_file answers 'HTTP/1.1 200 OK then HTTP/1.1 200 OK'
}

# 127 and 7: it could not even begin.
@test "K28: without memory it ends with 71, or answers in full" {
	local size seen=' '

	! is_asan || return 0 # which needs terabytes of addresses
	head -c 9000000 /dev/zero | tr '\0' x >body
	for size in 20000 30000 40000 50000 60000 80000 100000 200000; do
		rm -f port answers
		(
			ulimit -v "$size"
			exec "$BUILD/dmr-mock" --port-file port
		) >address.txt 2>said 3>&- &
		mock_pid=$!
		until [[ -s port ]] || ! kill -0 "$mock_pid" 2>/dev/null; do :; done
		for _ in 1 2 3; do
			[[ ! -s port ]] ||
				curl -s -m "$DEADLINE" --data-binary @body \
					"http://127.0.0.1:$(<port)/engines/none" >>answers || :
		done
		kill "$mock_pid" 2>/dev/null || :
		status=0
		wait "$mock_pid" || status=$?
		echo "$size: $status $(<said)"
		[[ $status == 143 || $status == 7 || $status == 71 || $status == 127 ]]
		[[ ! -s answers || $(sort -u answers) == 'not found' ]]
		seen+="$status "
	done
	[[ $seen == *' 71 '* && $seen == *' 143 '* ]]
}
