; grammar: tsx
; inherits: typescript
; suffixes: .tsx
; interpreters:
