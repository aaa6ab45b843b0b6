; grammar: rust
; suffixes: .rs
; interpreters: rust-script
; form: line ///
; module-form: line //!
; module-names: lib.rs main.rs mod.rs
; place: above
; styles: rustdoc
; fragment: impl A { % }
; comments: line_comment block_comment shebang
; imports: use_declaration extern_crate_declaration
; documentation: ^(///([^/]|$)|/[*][*]([^*/]|$)|#.doc[ ]*=)
; attached: attribute_item
; public-attached: ^#.macro_export
; skip-attached hidden: ^#.doc[(].*hidden
; skip-attached test: ^#.cfg[(] *test *[,)]
; skip-attached test: ^#.([A-Za-z_0-9]+::)*(test|bench|rstest|proptest)[](]
; consumer-attached clap: ^#.derive[(](.*[^A-Za-z_])?(Parser|Args|Subcommand|ValueEnum|StructOpt|Clap|FromArgs|Bpaf)[^A-Za-z_]
; consumer-attached schema: ^#.derive[(](.*[^A-Za-z_])?(JsonSchema|ToSchema|SimpleObject|InputObject|GraphQLObject|GraphQLEnum|GraphQLInputObject)[^A-Za-z_]
; consumer-attached schema: ^#.([A-Za-z_0-9]+::)*(Object|OpenApi|Subscription|graphql_object)[](]
; consumer-attached pyo3: ^#.([A-Za-z_0-9]+::)*(pyclass|pyfunction|pymodule|pymethods)[](]
; visibility: private
; skip minor: ^main$
; skip-file test: (^|/)(tests|benches)/
; consumer displaydoc: ^[[:space:]]*use displaydoc::

; --- the file, and what a module says of itself ---

((source_file) @definition.module @public
  (#set! level "module"))

(source_file
  [
    (line_comment inner: (_))
    (block_comment inner: (_))
  ] @doc) @definition

((source_file (inner_attribute_item) @doc) @definition
  (#match? @doc "^#![[] *doc *="))

(mod_item
  body: (declaration_list
    [
      (line_comment inner: (_))
      (block_comment inner: (_))
    ] @doc)) @definition

((mod_item body: (declaration_list (inner_attribute_item) @doc)) @definition
  (#match? @doc "^#![[] *doc *="))

; --- items ---

[
  (source_file
    (function_item name: (_) @name body: (_) @body) @definition.function)
  (mod_item
    body: (declaration_list
      (function_item name: (_) @name body: (_) @body) @definition.function))
  (block
    (function_item name: (_) @name body: (_) @body) @definition.function)
]

(foreign_mod_item
  body: (declaration_list
    (function_signature_item name: (_) @name) @definition.function))

[
  (impl_item
    body: (declaration_list
      (function_item name: (_) @name body: (_) @body) @definition.method))
  (trait_item
    body: (declaration_list
      (function_item name: (_) @name body: (_) @body) @definition.method))
  (trait_item
    body: (declaration_list
      (function_signature_item name: (_) @name) @definition.method))
]

(struct_item name: (_) @name) @definition.struct
(enum_item name: (_) @name body: (_) @body) @definition.enum
(union_item name: (_) @name body: (_) @body) @definition.union
(trait_item name: (_) @name body: (_) @body) @definition.trait
(mod_item name: (_) @name body: (_) @body) @definition.module
(type_item name: (_) @name) @definition.type
(const_item name: (identifier) @name) @definition.constant
(static_item name: (_) @name) @definition.variable
(macro_definition name: (_) @name) @definition.macro

; --- members ---

(associated_type name: (_) @name) @definition.type

((enum_variant name: (_) @name) @definition.constant @public
  (#set! level "member"))

((field_declaration name: (_) @name) @definition.field
  (#set! level "member"))

; --- whose they are, and who can see them ---

(impl_item
  type: [
    (type_identifier) @name
    (generic_type type: (type_identifier) @name)
    (scoped_type_identifier name: (type_identifier) @name)
  ]) @scope

; What a trait asks for, it documents.
((impl_item trait: (_)) @scope
  (#set! skip "inherited"))

(trait_item body: (declaration_list (_) @definition @public))

; The fields of a variant.
(enum_variant
  body: (field_declaration_list (field_declaration) @definition @public))

([
  (function_item (visibility_modifier) @public)
  (function_signature_item (visibility_modifier) @public)
  (struct_item (visibility_modifier) @public)
  (enum_item (visibility_modifier) @public)
  (union_item (visibility_modifier) @public)
  (trait_item (visibility_modifier) @public)
  (mod_item (visibility_modifier) @public)
  (type_item (visibility_modifier) @public)
  (const_item (visibility_modifier) @public)
  (static_item (visibility_modifier) @public)
  (field_declaration (visibility_modifier) @public)
] @definition
  (#eq? @public "pub"))

; --- nothing is declared in these ---

[
  (use_declaration) (parameters) (type_parameters) (type_arguments)
  (where_clause) (scoped_identifier) (macro_rule)
] @opaque
(macro_invocation (token_tree) @opaque)
(function_item return_type: (_) @opaque)

;;; details

(parameter pattern: (identifier) @parameter.name type: (_) @parameter.type)
(parameter
  pattern: (ref_pattern (identifier) @parameter.name)
  type: (_) @parameter.type)

(type_parameters (type_parameter name: (_) @typeparameter))
(type_parameters (const_parameter name: (_) @typeparameter))

((function_item return_type: (_) @returns.type)
  (#not-any-of? @returns.type "()" "!"))
((function_signature_item return_type: (_) @returns.type)
  (#not-any-of? @returns.type "()" "!"))

(function_item
  return_type: [
    (type_identifier) @fallible
    (generic_type type: (type_identifier) @fallible)
    (generic_type type: (scoped_type_identifier name: (_) @fallible))
    (scoped_type_identifier name: (_) @fallible)
  ]
  (#eq? @fallible "Result"))
(function_signature_item
  return_type: [
    (type_identifier) @fallible
    (generic_type type: (type_identifier) @fallible)
    (generic_type type: (scoped_type_identifier name: (_) @fallible))
    (scoped_type_identifier name: (_) @fallible)
  ]
  (#eq? @fallible "Result"))

(function_item (function_modifiers "unsafe") @unsafe)
(function_signature_item (function_modifiers "unsafe") @unsafe)
(trait_item "unsafe" @unsafe)

(return_expression (_)) @returns

((macro_invocation macro: (identifier) @panics)
  (#any-of? @panics "panic" "assert" "assert_eq" "assert_ne" "unreachable" "unimplemented" "todo"))

((call_expression
  function: (field_expression field: (_) @panics))
  (#any-of? @panics "unwrap" "expect"))

[
  (function_item)
  (function_signature_item)
  (closure_expression)
  (struct_item)
  (enum_item)
  (union_item)
  (trait_item)
  (impl_item)
  (type_item)
] @scope
