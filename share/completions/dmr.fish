# Completion in fish for the dmr tools.
#
# Nothing is listed here: when TAB is pressed the tool is asked for its options,
# the folders are looked through for templates, and the server has a second to
# say its models.

# The names of the templates TOOL would find.
function __dmr_templates --argument-names tool
    set -l config $XDG_CONFIG_HOME
    set -q config[1]; or set config $HOME/.config
    set -l program (realpath (command -s $tool) 2>/dev/null)
    set -l folders (string split : -- "$DMR_TEMPLATE_PATH") \
        $config/dmr/prompts (dirname -- "$program")/../share/dmr/prompts
    for folder in (string match -- '/*' $folders)
        for file in $folder/*.prompt
            test -f $file -a ! -L $file
            and string replace -r '.*/(.*)\.prompt$' '$1' -- $file
        end
    end
end

# The models that the server has.  Their names come from outside: what a shell
# could take for more is left out.
function __dmr_models --argument-names tool host
    set -l models (string replace -r 'dmr-[a-z]+$' dmr-models -- $tool)
    set -l named
    test -n "$host"; and set named --host $host
    $models list --names -q \
        --retry 0 --connect-timeout 200ms --timeout 1s $named \
        2>/dev/null </dev/null |
        string match -r '^[A-Za-z0-9][A-Za-z0-9._/:@-]*$'
end

function __dmr_verbs --argument-names tool
    set -l on 0
    for line in ($tool --help 2>/dev/null </dev/null)
        if test "$line" = Verbs:
            set on 1
        else if test -z "$line"
            set on 0
        else if test $on = 1
            set -l words (string match -r '^ *(\S+)((?: +[A-Z[][^ ]*)*) +(.*)' -- $line)
            printf '%s\t%s\t%s\n' $words[2] $words[4] (string trim -- $words[3])
        end
    end
end

# The row of the option in WORD that takes an argument, if there is one; and if
# the argument is in WORD too, what stands before it, and it.
function __dmr_option --argument-names word
    if string match -q -- '--*' $word
        set -l parts (string split -m 1 = -- $word)
        set -l row (string match -- "*"\t"$parts[1]"\t"*" $__dmr_rows)
        string match -rq -- '^.\t[^\t]*\t-\t' $row[1]; and return
        string length -q -- $row; or return
        echo $row
        set -q parts[2]; and printf '%s\n' $parts[1]= $parts[2]
        return
    end
    for n in (seq 2 (string length -- $word))
        set -l letter (string sub -s $n -l 1 -- $word)
        set -l row (string match -- $letter\t"*" $__dmr_rows)
        string match -rq -- '^.\t[^\t]*\t-\t' $row; and continue
        string length -q -- $row; or continue
        echo $row
        test $n = (string length -- $word)
        or printf '%s\n' (string sub -l $n -- $word) \
            (string sub -s (math $n + 1) -- $word)
        return
    end
end

# Files, BEFORE put before each.
function __dmr_files --argument-names before value
    set -l files (__fish_complete_path $value)
    set -q files[1]; and printf '%s\n' $before$files
end

# Completes the argument of an option, BEFORE put before each.
function __dmr_value --argument-names tool row host before value
    set -l columns (string split \t -- $row)
    set -l names
    switch $columns[2]:$columns[3]
        case '--template:*'
            set names (__dmr_templates $tool)
            string match -q -- "$value*" $names; or __dmr_files "$before" $value
        case '--model:*'
            set names (__dmr_models $tool $host)
        case '*:FILE'
            __dmr_files "$before" $value
        case '*:DIR'
            __dmr_files "$before" $value | string match -r '.*/(?=\t|$)'
        case '*TEXT'
            set -l at (string match -r '^([^@]*@)(.*)' -- $value)
            and __dmr_files "$before$at[2]" $at[3]
    end
    set -q names[1]; and printf '%s\n' $before$names
end

function __dmr_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l tool (string replace -r '^~/' "$HOME/" -- $words[1])
    set -g __dmr_rows ($tool --options 2>/dev/null </dev/null)
    set -l host
    set -l row
    set -l ended
    set -l operands
    for word in $words[2..]
        set -l value
        if set -q row[1]
            set value $word
        else if test -n "$ended"; or not string match -q -- '-?*' $word
            set -a operands $word
            continue
        else if test "$word" = --
            set ended 1
            continue
        else
            set -l found (__dmr_option $word)
            set row $found[1]
            set value $found[3]
            test (count $found) = 3; or continue
        end
        string match -q -- '*'\t--host\t'*' $row; and set host $value
        set row
    end
    if set -q row[1]
        __dmr_value $tool $row "$host" '' "$current"
    else if test -z "$ended"; and string match -q -- '-*' $current
        set -l found (__dmr_option $current)
        if test (count $found) = 3
            __dmr_value $tool $found[1] "$host" $found[2] $found[3]
        else
            string replace -r '^.\t([^\t]*)\t[^\t]*\t' '$1\t' -- $__dmr_rows
        end
    else if string match -q '*dmr-models' -- $tool
        # What the word behind a verb in --help says that it takes.
        set -l verb (__dmr_verbs $tool | string match -- "$operands[1]"\t'*')
        switch (count $operands):(string split \t -- "$verb")[-1]
            case '0:*'
                __dmr_verbs $tool | string replace -r '\t[^\t]*$' ''
            case '*:NAME...' 1:NAME '1:NAME *'
                __dmr_models $tool $host
        end
    else if not string match -qr 'dmr-(check|complete)$' -- $tool
        __fish_complete_path $current
    end
end

for tool in dmr-chat dmr-check dmr-complete dmr-docstring dmr-embed dmr-mock dmr-models dmr-reqs dmr-review
    complete -c $tool -e
    complete -c $tool -f -a '(__dmr_complete)'
end
