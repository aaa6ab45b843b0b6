; grammar: bash
; suffixes: .sh .bash .ksh
; names: .bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile
; interpreters: bash sh dash ksh mksh
; form: line #
; place: above
; styles: shell
; comments: comment
; documentation: ^#([^!]|$)
; directive: ^#[[:space:]]*shellcheck[[:space:]]
; visibility: public
; private: ^_
; skip minor: ^main$
; skip test: ^test_
; consumer usage: sed[^|;]*[$][{]?(0|BASH_SOURCE)
; consumer usage: grep[^|;]*[$][{]?(0|BASH_SOURCE)
; consumer usage: awk[^|;]*[$][{]?(0|BASH_SOURCE)

(function_definition name: (_) @name body: (_) @body) @definition.function

;;; details

((simple_expansion (variable_name) @parameter.name)
  (#match? @parameter.name "^[1-9]$"))

((expansion (variable_name) @parameter.name)
  (#match? @parameter.name "^[1-9]$"))

((command
  name: (command_name (word) @_name)
  argument: (_)) @returns
  (#eq? @_name "return"))

(function_definition) @scope
