; grammar: go
; suffixes: .go
; form: line //
; place: above
; styles: godoc
; comments: comment
; imports: import_declaration
; directive: ^//(line |extern |export |[a-z0-9]+:[a-z0-9]|nolint)
; trailing: constant variable field
; visibility: public
; private: ^[_a-z]
; skip minor: ^(init|main)$
; skip-file test: _test[.]go$
; consumer swag: ^//[[:space:]]*@[Tt]itle[[:space:]]
; consumer swag: ^//[[:space:]]*@Router[[:space:]]
; consumer swag: ^//[[:space:]]*@Summary[[:space:]]

((package_clause
  (package_identifier) @name) @definition.package @public
  (#set! level "module"))

; --- functions and methods ---

(function_declaration
  name: (_) @name body: (_)? @body) @definition.function

(method_declaration
  receiver: (parameter_list
    (parameter_declaration
      type: [
        (type_identifier) @owner
        (generic_type type: (type_identifier) @owner)
        (pointer_type (type_identifier) @owner)
        (pointer_type (generic_type type: (type_identifier) @owner))
      ]))
  name: (_) @name
  body: (_)? @body) @definition.method

; Nobody outside can name what has them.
((method_declaration
  receiver: (parameter_list
    (parameter_declaration
      type: [
        (type_identifier) @private
        (generic_type type: (type_identifier) @private)
        (pointer_type (type_identifier) @private)
        (pointer_type (generic_type type: (type_identifier) @private))
      ]))) @definition
  (#match? @private "^[_a-z]"))

; cgo copies their documentation into a header.
((comment) @_export
  . (function_declaration) @definition
  (#match? @_export "^//export ")
  (#set! consumer "cgo"))

; --- types, constants, variables; those in brackets have their own ---

(type_declaration
  [
    (type_spec name: (_) @name type: (_) @body)
    (type_alias name: (_) @name type: (_) @body)
  ] @definition.type) @above

(type_declaration "(" [(type_spec) (type_alias)] @definition) @group

(source_file
  (const_declaration
    (const_spec . name: (_) @name) @definition.constant) @above)

(source_file (const_declaration "(" (const_spec) @definition) @group)

(source_file
  (var_declaration
    (var_spec . name: (_) @name) @definition.variable) @above)

(source_file
  (var_declaration
    (var_spec_list
      (var_spec . name: (_) @name) @definition.variable)) @group)

; --- members ---

(struct_type
  (field_declaration_list
    (field_declaration name: (_) @name) @definition.field)
  (#set! level "member"))

(interface_type
  (method_elem name: (_) @name) @definition.method
  (#set! level "member"))

;;; details

(function_declaration
  parameters: (parameter_list
    [
      (parameter_declaration
        name: (_) @parameter.name type: (_) @parameter.type)
      (variadic_parameter_declaration
        name: (_) @parameter.name type: (_) @parameter.type)
    ])
  (#not-eq? @parameter.name "_"))

(method_declaration
  parameters: (parameter_list
    [
      (parameter_declaration
        name: (_) @parameter.name type: (_) @parameter.type)
      (variadic_parameter_declaration
        name: (_) @parameter.name type: (_) @parameter.type)
    ])
  (#not-eq? @parameter.name "_"))

(method_elem
  parameters: (parameter_list
    [
      (parameter_declaration
        name: (_) @parameter.name type: (_) @parameter.type)
      (variadic_parameter_declaration
        name: (_) @parameter.name type: (_) @parameter.type)
    ])
  (#not-eq? @parameter.name "_"))

(type_parameter_declaration name: (_) @typeparameter)

(function_declaration result: (_) @returns.type)
(method_declaration result: (_) @returns.type)
(method_elem result: (_) @returns.type)

(return_statement (expression_list)) @returns

(call_expression
  function: (identifier) @raises
  (#eq? @raises "panic"))

[
  (function_declaration)
  (method_declaration)
  (method_elem)
  (func_literal)
  (type_spec)
] @scope
