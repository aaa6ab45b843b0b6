; grammar: javascript
; inherits: ecmascript
; suffixes: .js .mjs .cjs .jsx
; interpreters: node nodejs bun
; styles: jsdoc
; consumer ts-check: ^[[:space:]]*//[[:space:]]*@ts-check

((field_definition
  value: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)
  ]) @definition.method
  (#set! level ""))

((field_definition property: (_) @name) @definition.field
  (#set! level "member"))

;;; details

(formal_parameters (identifier) @parameter.name)

(formal_parameters
  (assignment_pattern
    left: (identifier) @parameter.name
    right: (_) @parameter.default))

(formal_parameters (rest_pattern (identifier) @parameter.name))

(formal_parameters [(object_pattern) (array_pattern)] @parameter.parts)

(formal_parameters
  (assignment_pattern
    left: [(object_pattern) (array_pattern)] @parameter.parts
    right: (_) @parameter.default))

(arrow_function parameter: (identifier) @parameter.name)
