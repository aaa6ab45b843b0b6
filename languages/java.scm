; grammar: java
; suffixes: .java
; interpreters: java
; form: block
; place: above
; styles: javadoc
; fragment: class A { % }
; comments: line_comment block_comment
; imports: import_declaration
; documentation: ^(/[*][*]|///)
; directive: @formatter:off|spotless:off|CHECKSTYLE|NOPMD|NOSONAR|^//noinspection
; visibility: private
; skip minor: ^main$
; skip-file test: (^|/)src/(test|it)/
; skip-file test: Tests?[.]java$

; --- types ---

(class_declaration name: (_) @name body: (_) @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(enum_declaration name: (_) @name body: (_) @body) @definition.enum
(record_declaration name: (_) @name body: (_) @body) @definition.class
(annotation_type_declaration
  name: (_) @name body: (_) @body) @definition.interface

((module_declaration name: (_) @name body: (_) @body) @definition.module @public
  (#set! level "module"))

; --- methods ---

(method_declaration name: (_) @name body: (_)? @body) @definition.method
(constructor_declaration name: (_) @name body: (_) @body) @definition.constructor
(compact_constructor_declaration
  name: (_) @name body: (_) @body) @definition.constructor
(annotation_type_element_declaration name: (_) @name) @definition.method

; Its parameters are the components.
(record_declaration
  parameters: (_) @parameters
  body: (class_body (compact_constructor_declaration) @definition))

; --- fields ---

((field_declaration
  declarator: (variable_declarator name: (_) @name)) @definition.field
  (#set! level "member"))

((constant_declaration
  declarator: (variable_declarator name: (_) @name)) @definition.constant
  (#set! level "member"))

((enum_constant name: (_) @name) @definition.constant @public
  (#set! level "member"))

; --- who can see them ---

(interface_body (_) @definition @public)
(annotation_type_body (_) @definition @public)

(_ (modifiers ["public" "protected"]) @public) @definition
(_ (modifiers "private") @private) @definition

; --- what is documented elsewhere, or is a test ---

((method_declaration
  (modifiers (marker_annotation name: (_) @_name))) @definition
  (#eq? @_name "Override")
  (#set! skip "inherited"))

((method_declaration
  (modifiers [
    (marker_annotation name: (identifier) @_name)
    (marker_annotation name: (scoped_identifier name: (_) @_name))
    (annotation name: (identifier) @_name)
    (annotation name: (scoped_identifier name: (_) @_name))
  ])) @definition
  (#any-of? @_name "Test" "ParameterizedTest" "RepeatedTest" "TestFactory" "BeforeEach" "AfterEach" "BeforeAll" "AfterAll" "Before" "After" "BeforeClass" "AfterClass")
  (#set! skip "test"))

; A class without a name has no readers of its own.
(object_creation_expression
  (class_body (_) @definition)
  (#set! level "nested"))
(enum_constant
  body: (class_body (_) @definition)
  (#set! level "nested"))

;;; details

(formal_parameter type: (_) @parameter.type name: (_) @parameter.name)
(spread_parameter
  [(type_identifier) (scoped_type_identifier) (generic_type) (array_type)
   (integral_type) (floating_point_type) (boolean_type)] @parameter.type
  (variable_declarator name: (_) @parameter.name))

(type_parameters (type_parameter (type_identifier) @typeparameter))

((method_declaration type: (_) @returns.type)
  (#not-eq? @returns.type "void"))
(annotation_type_element_declaration type: (_) @returns.type)

(return_statement (expression)) @returns

(throws (_) @raises)
(throw_statement (object_creation_expression type: (_) @raises))

[
  (method_declaration)
  (constructor_declaration)
  (compact_constructor_declaration)
  (annotation_type_element_declaration)
  (lambda_expression)
  (class_declaration)
  (interface_declaration)
  (enum_declaration)
  (record_declaration)
  (annotation_type_declaration)
] @scope
