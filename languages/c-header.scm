; grammar: c
; inherits: cfamily
; suffixes: .h

; --- prototypes ---

(declaration
  declarator: [
    (function_declarator declarator: (identifier) @name)
    (pointer_declarator
      (function_declarator declarator: (identifier) @name))
    (pointer_declarator
      (pointer_declarator
        (function_declarator declarator: (identifier) @name)))
  ]) @definition.function
