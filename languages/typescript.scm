; grammar: typescript
; inherits: ecmascript
; suffixes: .ts .mts .cts
; interpreters: deno ts-node tsx
; styles: tsdoc jsdoc

; --- signatures: each overload is documented, what carries them out is not ---

(function_signature name: (_) @name) @definition.function

(_
  (function_signature name: (_) @_first)
  . (function_declaration name: (_) @_second) @definition
  (#eq? @_first @_second)
  (#set! skip "overload"))

(_
  (export_statement declaration: (function_signature name: (_) @_first))
  . (export_statement
    declaration: (function_declaration name: (_) @_second) @definition)
  (#eq? @_first @_second)
  (#set! skip "overload"))

(class_body (method_signature name: (_) @name) @definition.method
  (#not-eq? @name "constructor"))

(class_body (method_signature name: (_) @name) @definition.constructor
  (#eq? @name "constructor"))

(class_body
  (method_signature name: (property_identifier) @_first)
  . (method_definition name: (property_identifier) @_second) @definition
  (#eq? @_first @_second)
  (#set! skip "overload"))

(abstract_method_signature name: (_) @name) @definition.method

; --- types ---

(abstract_class_declaration
  name: (type_identifier) @name body: (class_body) @body) @definition.class

(interface_declaration
  name: (type_identifier) @name
  body: (interface_body) @body) @definition.interface

(type_alias_declaration name: (_) @name) @definition.type

(enum_declaration
  name: (identifier) @name body: (enum_body) @body) @definition.enum

(expression_statement
  (internal_module
    name: (_) @name body: (_) @body) @definition.namespace) @above

(export_statement
  declaration: (internal_module
    name: (_) @name body: (_) @body) @definition.namespace) @above

(ambient_declaration (_) @definition) @above

(export_statement
  declaration: (ambient_declaration (_) @definition)) @above

; --- members ---

(interface_body (method_signature name: (_) @name) @definition.method)

(interface_body
  (property_signature name: (_) @name) @definition.property
  (#set! level "member"))

((public_field_definition
  value: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)
  ]) @definition.method
  (#set! level ""))

((public_field_definition name: (_) @name) @definition.field
  (#set! level "member"))

(enum_body
  (property_identifier) @name @definition.constant
  (#set! level "member"))

(enum_body
  (enum_assignment name: (_) @name) @definition.constant
  (#set! level "member"))

([
  (method_definition (accessibility_modifier) @private)
  (method_signature (accessibility_modifier) @private)
  (public_field_definition (accessibility_modifier) @private)
] @definition
  (#eq? @private "private"))

;;; details

(required_parameter
  pattern: (identifier) @parameter.name
  type: (type_annotation (_) @parameter.type)?
  value: (_)? @parameter.default)

(required_parameter
  pattern: (rest_pattern (identifier) @parameter.name)
  type: (type_annotation (_) @parameter.type)?)

(optional_parameter
  pattern: (identifier) @parameter.name
  "?" @parameter.default
  type: (type_annotation (_) @parameter.type)?)

(required_parameter
  pattern: [(object_pattern) (array_pattern)] @parameter.parts
  type: (type_annotation (_) @parameter.type)?
  value: (_)? @parameter.default)

(arrow_function parameter: (identifier) @parameter.name)

(type_parameter name: (_) @typeparameter)

(_
  return_type: (type_annotation (_) @returns.type)
  (#not-match? @returns.type "^(void|never|undefined|Promise<(void|never|undefined)>)$"))

(_ return_type: (type_predicate_annotation (_) @returns.type))

[
  (function_type)
  (constructor_type)
  (function_signature)
  (method_signature)
  (abstract_method_signature)
  (call_signature)
  (construct_signature)
  (abstract_class_declaration)
  (interface_declaration)
  (type_alias_declaration)
] @scope
