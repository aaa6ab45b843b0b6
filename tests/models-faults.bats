# Every verb of dmr-models against every fault of dmr-mock, and against every
# recorded answer of a model runner to /models and /engines: no wrong exit.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2086 # words of a command

load lib
load mock

setup() {
	mock_setup
	unset DMR_MODEL HF_TOKEN
}

verbs='list
show ai/smollm2
show --remote ai/gemma3
ps
df
status
warm ai/smollm2
unload ai/smollm2
configure ai/smollm2 --keep-alive 5m
configure --show
configure ai/smollm2 --reset
configure ai/smollm2 --mode embedding --context-size 512
unload --all
tag ai/smollm2 x:y
pull ai/smollm2
logs
env goose
env openai
rm x:y'

# What differs from run to run, and from address to address.
same() { sed -E 's/^unloaded.*//; s/[0-9.]+s ago.*//; s,/fault/[^/]*,,; s/^\[[^]]*\]//' "$1"; }

# What rm takes away is there.
prepare() { # VERB ...
	[[ $1 != rm ]] || DMR_HOST=$host dmr-models -q tag ai/smollm2 "$2" >tagged
}

# Without a fault.
run_good() { # VERB ...
	prepare "$@"
	DMR_HOST=$host dmr-models -q "$@" </dev/null >good 2>/dev/null
}

# run_faulty FAULT VERB ...: with that fault in every answer; asked again, if
# retry says so.
run_faulty() {
	local fault=$1 limit=500ms

	shift
	[[ $fault != @(stall|late) ]] || limit=100ms
	prepare "$@"
	status=0
	env -u DMR_HOST MODEL_RUNNER_HOST="$host/fault/$fault" timeout 20 \
		dmr-models --first-timeout "$limit" --idle-timeout "$limit" \
		--retry "${retry:-0}" -q "$@" >out 2>err || status=$?
}

# How an exit other than 0 looks: nothing on standard output, but for a log's
# beginning, and one line of ours.
failed_well() { # VERB
	[[ ! -s out || $1 == logs ]] && [[ $(wc -l <err) -eq 1 ]] &&
		grep -q '^dmr-models: ' err
}

@test "faults: each verb is as without one, or ends with the status that it means" {
	local fault allowed verb

	mock
	while read -r fault allowed; do
		while read -r verb; do
			run_good $verb
			run_faulty "$fault" $verb </dev/null
			if ((status == 0)); then
				cmp <(same good) <(same out) && continue
				# A log may be empty.
				[[ $fault:$verb != empty:logs ]] || continue
			elif [[ " $allowed " == *" $status "* ]]; then
				failed_well $verb && continue
			fi
			echo "$fault: $verb: $status"
			cat out err
			return 1
		done <<<"$verbs"
	done <<-'EOF'
		close 18
		reset 18
		reset-head 18
		reset-body 18
		cut-0 18
		cut-1 18
		cut-20 18
		garbage 22
		slow 28
		late 28
		stall 28
		429 22
		503 22
		loading 22
		500 22
		502 22
		empty 18 22
		html 22
		redirect 22
	EOF
}

@test "faults: bytes that come one by one, and once refused, change nothing" {
	local fault verb retry=1

	mock
	for fault in bytes 503; do
		while read -r verb; do
			# Each question is refused for a second: not all of them.
			[[ $fault:$verb != 503:@(configure|show|warm|env|ps)* ]] ||
				continue
			run_good $verb
			run_faulty "$fault" $verb </dev/null
			((status == 0)) && cmp <(same good) <(same out) ||
				{ echo "$fault: $verb: $status"; cat out err; false; }
		done <<<"$verbs"
	done
}

@test "faults: a list that is cut anywhere is exit 18" {
	local n length

	mock --models ai/smollm2
	length=$(curl -s "$host/engines/v1/models" | wc -c)
	for ((n = 0; n < length - 1; n += 7)); do
		run_faulty "cut-$n" list
		((status == 18)) && failed_well list || { echo "$n: $status"; false; }
	done
	run_faulty "cut-$length" list
	((status == 0))
}

# ---- recordings

# What a verb may make of an answer that it did not ask for: the recordings of
# which it may end with 0.  To all its questions it gets the same one.
good_for() { # VERB ...
	case $* in
	list) echo openai-models openai-models-empty alias-v1-models ;;
	show*) echo model model-remote openai-model ;;
	ps) echo ps-empty models-empty ;;
	df) echo df ;;
	status) echo version ;;
	warm*) echo preload configure-context configure-embedding \
		configure-unknown-model ;;
	'configure --show') echo configs ps-empty models-empty ;;
	tag*) echo tag tag-remote ;;
	'unload --all') echo ps-empty models-empty ;;
	rm*) echo delete-last delete-tag ;;
	pull*) echo pull pull-cached ;;
	'env goose') echo openai-models ;;
	'env openai') echo openai-models openai-models-empty alias-v1-models ;;
	logs) echo all ;;
	esac
}

@test "recordings: no verb takes another answer for its own" {
	local file name verb good allowed n=0

	for file in "$tests"/data/recordings/*.http; do
		name=${file##*/}
		name=${name%.http}
		case $name in
		model* | openai-* | alias-* | ps* | df | status | pull* | push* | \
			tag* | delete-* | unload* | configure* | configs | \
			preload* | version | requests | not-found) ;;
		*) continue ;;
		esac
		n=$((n + 1))
		serve < <(printf '%s\n' repeat read "sendfile $file" close)
		while read -r verb; do
			good=" $(good_for $verb) "
			status=0
			timeout 20 dmr-models -q --retry 0 $verb \
				>out 2>err </dev/null || status=$?
			if ((status == 0)); then
				[[ $good == *" $name "* || $good == ' all ' ]] &&
					continue
			elif [[ " 6 8 18 22 " == *" $status "* &&
				$good != *" $name "* ]]; then
				[[ $(wc -l <err) -eq 1 ]] && continue
			fi
			echo "$name: $verb: $status"
			cat out err
			return 1
		done <<<"$verbs"
	done
	((n >= 30))
}
