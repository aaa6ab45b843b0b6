; What is documented where it is defined; its prototypes are not.
; grammar: c
; inherits: cfamily
; suffixes: .c
; private: ^$

((function_definition (storage_class_specifier) @private) @definition
  (#eq? @private "static"))

((declaration (storage_class_specifier) @private) @definition
  (#eq? @private "static"))
