; grammar: tsx
; inherits: typescript
; suffixes: .tsx
; interpreters:

;;; details

; What a component is given.
((formal_parameters
  . (required_parameter pattern: (object_pattern) @parameter.parts))
  (#set! name "props"))
