; What C and its headers share; no language of its own.
; form: block
; place: above
; styles: doxygen kernel-doc
; comments: comment
; imports: preproc_include
; directive: NOLINT(NEXTLINE|BEGIN)|clang-format off|LCOV_EXCL_START|cppcheck-suppress|coverity\[
; trailing: constant variable field
; visibility: public
; skip minor: ^main$

; --- functions ---

(function_definition
  declarator: [
    (function_declarator declarator: (identifier) @name)
    (function_declarator
      declarator: (parenthesized_declarator (identifier) @name))
    (pointer_declarator
      (function_declarator declarator: (identifier) @name))
    (pointer_declarator
      (pointer_declarator
        (function_declarator declarator: (identifier) @name)))
    (function_declarator
      declarator: (parenthesized_declarator
        (pointer_declarator
          (function_declarator declarator: (identifier) @name))))
  ]
  body: (_) @body) @definition.function

; --- types ---

(struct_specifier name: (_) @name body: (_) @body) @definition.struct
(union_specifier name: (_) @name body: (_) @body) @definition.union
(enum_specifier name: (_) @name body: (_) @body) @definition.enum

(type_definition
  type: [
    (struct_specifier body: (_) @body) @definition.struct
    (union_specifier body: (_) @body) @definition.union
    (enum_specifier body: (_) @body) @definition.enum
  ]
  . declarator: (type_identifier) @name) @above

(declaration
  type: [(struct_specifier) (union_specifier) (enum_specifier)] @definition
  ) @above

(field_declaration
  type: [(struct_specifier) (union_specifier) (enum_specifier)] @definition
  (#set! level "member")) @above

(type_definition
  type: [
    (primitive_type)
    (type_identifier)
    (sized_type_specifier)
    (struct_specifier !body)
    (union_specifier !body)
    (enum_specifier !body)
  ]
  . declarator: [
    (type_identifier) @name
    (pointer_declarator (type_identifier) @name)
    (array_declarator declarator: (type_identifier) @name)
    (function_declarator declarator: (type_identifier) @name)
    (function_declarator
      declarator: (parenthesized_declarator
        (pointer_declarator (type_identifier) @name)))
  ]) @definition.type

; --- members ---

((field_declaration
  declarator: [
    (field_identifier) @name
    (pointer_declarator (field_identifier) @name)
    (pointer_declarator (pointer_declarator (field_identifier) @name))
    (array_declarator declarator: (field_identifier) @name)
    (function_declarator
      declarator: (parenthesized_declarator
        (pointer_declarator (field_identifier) @name)))
  ]) @definition.field
  (#set! level "member"))

((enumerator name: (_) @name) @definition.constant
  (#set! level "member"))

; --- macros and variables ---

(preproc_function_def name: (_) @name) @definition.macro

((preproc_def name: (_) @name value: (_)) @definition.macro
  (#set! level "member"))

; Those of the file, also between #ifdef and #endif, and in extern "C".
((translation_unit
  (declaration
    declarator: [
      (identifier) @name
      (pointer_declarator (identifier) @name)
      (pointer_declarator (pointer_declarator (identifier) @name))
      (array_declarator declarator: (identifier) @name)
      (pointer_declarator
        (array_declarator declarator: (identifier) @name))
      (function_declarator
        declarator: (parenthesized_declarator
          (pointer_declarator (identifier) @name)))
      (init_declarator declarator: [
        (identifier) @name
        (pointer_declarator (identifier) @name)
        (pointer_declarator (pointer_declarator (identifier) @name))
        (array_declarator declarator: (identifier) @name)
        (pointer_declarator
          (array_declarator declarator: (identifier) @name))
        (function_declarator
          declarator: (parenthesized_declarator
            (pointer_declarator (identifier) @name)))
      ])
    ]) @definition.variable)
  (#set! level "member"))

((preproc_ifdef
  (declaration
    declarator: [
      (identifier) @name
      (pointer_declarator (identifier) @name)
      (pointer_declarator (pointer_declarator (identifier) @name))
      (array_declarator declarator: (identifier) @name)
      (pointer_declarator
        (array_declarator declarator: (identifier) @name))
      (function_declarator
        declarator: (parenthesized_declarator
          (pointer_declarator (identifier) @name)))
      (init_declarator declarator: [
        (identifier) @name
        (pointer_declarator (identifier) @name)
        (pointer_declarator (pointer_declarator (identifier) @name))
        (array_declarator declarator: (identifier) @name)
        (pointer_declarator
          (array_declarator declarator: (identifier) @name))
        (function_declarator
          declarator: (parenthesized_declarator
            (pointer_declarator (identifier) @name)))
      ])
    ]) @definition.variable)
  (#set! level "member"))

((declaration_list
  (declaration
    declarator: [
      (identifier) @name
      (pointer_declarator (identifier) @name)
      (pointer_declarator (pointer_declarator (identifier) @name))
      (array_declarator declarator: (identifier) @name)
      (pointer_declarator
        (array_declarator declarator: (identifier) @name))
      (function_declarator
        declarator: (parenthesized_declarator
          (pointer_declarator (identifier) @name)))
      (init_declarator declarator: [
        (identifier) @name
        (pointer_declarator (identifier) @name)
        (pointer_declarator (pointer_declarator (identifier) @name))
        (array_declarator declarator: (identifier) @name)
        (pointer_declarator
          (array_declarator declarator: (identifier) @name))
        (function_declarator
          declarator: (parenthesized_declarator
            (pointer_declarator (identifier) @name)))
      ])
    ]) @definition.variable)
  (#set! level "member"))

;;; details

(parameter_declaration
  declarator: [
    (identifier) @parameter.name
    (pointer_declarator (identifier) @parameter.name)
    (pointer_declarator (pointer_declarator (identifier) @parameter.name))
    (array_declarator declarator: (identifier) @parameter.name)
    (pointer_declarator
      (array_declarator declarator: (identifier) @parameter.name))
    (function_declarator
      declarator: (parenthesized_declarator
        (pointer_declarator (identifier) @parameter.name)))
  ])

(parameter_list (identifier) @parameter.name)

(preproc_function_def
  parameters: (preproc_params (identifier) @parameter.name))

((function_definition
  type: (_) @returns.type
  declarator: (function_declarator
    declarator: [
      (identifier)
      (parenthesized_declarator (identifier))
    ]))
  (#not-eq? @returns.type "void"))

((declaration
  type: (_) @returns.type
  declarator: (function_declarator
    declarator: [
      (identifier)
      (parenthesized_declarator (identifier))
    ]))
  (#not-eq? @returns.type "void"))

(function_definition declarator: (pointer_declarator) @returns)
(function_definition
  declarator: (function_declarator
    declarator: (parenthesized_declarator (pointer_declarator)))) @returns
(declaration
  declarator: (pointer_declarator (function_declarator)) @returns)
(return_statement (_) @returns)

; What is declared in a body, and the parameters of parameters.
(compound_statement (declaration) @scope)
(field_declaration) @scope
(parameter_declaration
  declarator: (function_declarator parameters: (_) @scope))
(abstract_function_declarator parameters: (_) @scope)
