; What JavaScript, TypeScript and TSX share; no language of its own.
; form: block
; place: above
; fragment: class A { % }
; comments: comment
; imports: import_statement
; documentation: ^/[*][*]
; directive: ^/[/*][[:space:]]*(eslint-disable-next-line|@ts-(ignore|expect-error)|prettier-ignore|(istanbul|c8|v8) ignore|(biome|deno-lint)-ignore |[$]Flow(FixMe|Ignore|Issue)|[@#]__NO_SIDE_EFFECTS__)
; attached: decorator
; visibility: public
; private: ^[_#]
; skip-file test: [.](test|spec)[.][cm]?[jt]sx?$
; skip-file test: (^|/)__(tests|mocks)__/
; consumer swagger: ^[[:space:]]*[*][[:space:]]*@openapi
; consumer swagger: ^[[:space:]]*[*][[:space:]]*@swagger
; consumer closure: goog[.]module[(]
; consumer closure: goog[.]provide[(]

; A pattern whose definition has no kind adds to others that have: what is looked
; for once is faster to compile.

; --- functions and classes ---

(function_declaration
  name: (identifier) @name body: (statement_block) @body) @definition.function

(generator_function_declaration
  name: (_) @name body: (_) @body) @definition.function

(class_declaration name: (_) @name body: (_) @body) @definition.class

(export_statement declaration: (_) @definition) @above

(export_statement
  "default" @name
  value: (function_expression body: (_) @body) @definition.function) @above

(export_statement
  "default" @name
  value: (arrow_function body: (_) @body) @definition.function) @above

(export_statement
  "default" @name
  value: (class body: (_) @body) @definition.class) @above

; --- what a variable is bound to; of several, the first ---

(variable_declarator
  name: (identifier) @name
  value: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)
    (class body: (_) @body)
  ]) @definition

(lexical_declaration
  . (variable_declarator
    name: (identifier)
    value: [(arrow_function) (function_expression) (generator_function)]
    ) @definition.function) @above

(variable_declaration
  . (variable_declarator
    name: (identifier)
    value: [(arrow_function) (function_expression) (generator_function)]
    ) @definition.function) @above

(lexical_declaration
  . (variable_declarator
    name: (identifier) value: (class)) @definition.class) @above

(export_statement
  declaration: [
    (lexical_declaration . (variable_declarator) @definition)
    (variable_declaration . (variable_declarator) @definition)
  ]) @above

; --- a.b = function ---

(expression_statement (assignment_expression) @definition) @above

(assignment_expression
  left: (member_expression
    object: (_) @owner
    property: (_) @name)
  right: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)
    (class body: (_) @body)
  ]) @definition

(assignment_expression
  left: (member_expression)
  right: [(arrow_function) (function_expression) (generator_function)]
  ) @definition.method

(assignment_expression
  left: (member_expression) right: (class)) @definition.class

; --- members of classes ---

(method_definition name: (_) @name body: (_) @body) @definition

(class_body (method_definition name: (_) @_name) @definition.constructor
  (#eq? @_name "constructor"))

(class_body (method_definition) @definition.method)

; A property is documented where it is read or written first.
(class_body
  (method_definition ["get" "set"] name: (_) @_first)
  . (method_definition ["get" "set"] name: (_) @_second) @definition
  (#eq? @_first @_second)
  (#set! skip "accessor"))

; --- members of objects that have a name ---

(pair
  key: (_) @name
  value: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)
  ]) @definition

(variable_declarator
  name: (identifier) @owner
  value: (object [
    (method_definition)
    (pair
      value: [(arrow_function) (function_expression) (generator_function)])
  ] @definition.method))

(assignment_expression
  left: (_) @owner
  right: (object [
    (method_definition)
    (pair
      value: [(arrow_function) (function_expression) (generator_function)])
  ] @definition.method))

(export_statement
  "default" @owner
  value: (object [
    (method_definition)
    (pair
      value: [(arrow_function) (function_expression) (generator_function)])
  ] @definition.method))

;;; details

; --- the parts of parameters that are taken apart ---

(object_pattern
  (shorthand_property_identifier_pattern) @parameter.part) @parameter.whole

(object_pattern
  (object_assignment_pattern
    left: (shorthand_property_identifier_pattern) @parameter.part
    right: (_) @parameter.default)) @parameter.whole

(object_pattern
  (pair_pattern
    key: (property_identifier) @parameter.part)) @parameter.whole

(object_pattern
  (pair_pattern
    key: (property_identifier) @parameter.part
    value: (object_pattern) @parameter.parts)) @parameter.whole

(object_pattern
  (pair_pattern
    key: (property_identifier) @parameter.part
    value: (assignment_pattern
      left: (_) @parameter.parts
      right: (_) @parameter.default))) @parameter.whole

; --- what is returned and thrown ---

(return_statement [(expression) (sequence_expression)]) @returns
(arrow_function body: (expression) @returns)
(yield_expression) @yields
(throw_statement (new_expression constructor: (_) @raises))

[
  (function_declaration)
  (function_expression)
  (generator_function)
  (generator_function_declaration)
  (arrow_function)
  (method_definition)
  (class_declaration)
  (class)
] @scope
