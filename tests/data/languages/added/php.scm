; grammar: php
; suffixes: .php .phtml
; interpreters: php
; form: block
; place: above
; styles: javadoc
; comments: comment
; imports: namespace_use_declaration
; documentation: ^/[*][*]
; directive: @phpstan-ignore|@psalm-suppress|phpcs:(ignore|disable)
; visibility: public
; skip magic: ^__
; skip-file test: Test[.]php$

(function_definition name: (_) @name body: (_) @body) @definition.function
(class_declaration name: (_) @name body: (_) @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(trait_declaration name: (_) @name body: (_) @body) @definition.trait
(enum_declaration name: (_) @name body: (_) @body) @definition.enum
(method_declaration name: (_) @name body: (_)? @body) @definition.method

((property_declaration (property_element name: (_) @name)) @definition.property
  (#set! level "member"))
((const_declaration (const_element . (_) @name)) @definition.constant
  (#set! level "member"))
((enum_case name: (_) @name) @definition.constant
  (#set! level "member"))

((_ (visibility_modifier) @private) @definition
  (#eq? @private "private"))

; The framework reads what stands above a test.
((method_declaration
  attributes: (attribute_list (attribute_group (attribute (name) @_name))))
  @definition
  (#any-of? @_name "Test" "DataProvider")
  (#set! skip "test"))

;;; details

(simple_parameter
  type: (_)? @parameter.type
  name: (_) @parameter.name
  default_value: (_)? @parameter.default)
(property_promotion_parameter
  type: (_)? @parameter.type
  name: (_) @parameter.name
  default_value: (_)? @parameter.default)
(variadic_parameter type: (_)? @parameter.type name: (_) @parameter.name)

((_ return_type: (_) @returns.type)
  (#not-any-of? @returns.type "void" "never"))
(return_statement (_)) @returns
(yield_expression) @yields
(throw_expression (object_creation_expression (name) @raises))

[
  (function_definition)
  (method_declaration)
  (anonymous_function)
  (arrow_function)
] @scope
