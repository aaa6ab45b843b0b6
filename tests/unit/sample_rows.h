/*
 * sample_rows - schemas and the values that the mock finds for them.
 */
#ifndef SAMPLE_ROWS_H
#define SAMPLE_ROWS_H

/* What lib/schema refuses, other clients send. */
static const struct {
	const char *schema, *want; /* NULL: there is no value */
} more[] = {
	{ "{}", "'text'" },
	{ "true", "'text'" },
	{ "false", NULL },
	{ "{'type':'wrong'}", NULL },
	{ "{'type':['null','string']}", "'text'" },
	{ "{'type':'object','properties':{'city':{'type':'string'},"
	  "'population':{'type':'integer'}}}",
	    "{'city':'city','population':1}" },
	{ "{'type':'object','required':['a']}", "{'a':'a'}" },
	{ "{'type':'object','properties':{'a':false}}", "{}" },
	{ "{'type':'object','properties':{'a':false},'required':['a']}", NULL },
	{ "{'required':['a','a']}", "{'a':'a'}" },
	{ "{'oneOf':[{'type':'wrong'},{'const':7}]}", "7" },
	{ "{'allOf':[{'properties':{'a':{'minLength':3}}},"
	  "{'properties':{'a':{'maxLength':3},'b':{'type':'null'}}}]}",
	    "{'a':'axx','b':null}" },
	{ "{'allOf':[{'minimum':5},{'maximum':4}]}", "{}" },
	{ "{'type':'integer','allOf':[{'minimum':5},{'maximum':4}]}", NULL },
	{ "{'type':'array','prefixItems':[{'const':1},{'const':2}]}", "[1,2]" },
	{ "{'type':'array','items':{'type':'boolean'},'minItems':3}",
	    "[true,true,true]" },
	{ "{'type':'array','items':false}", "[]" },
	{ "{'type':'array','items':false,'minItems':1}", NULL },
	{ "{'type':'integer','multipleOf':7,'minimum':3}", "7" },
	{ "{'type':'integer','exclusiveMinimum':1.5}", "2" },
	{ "{'type':'number','minimum':0.25,'maximum':0.75}", "0.25" },
	{ "{'type':'string','format':'date'}", "'2026-01-02'" },
	{ "{'type':'string','format':'uuid'}",
	    "'00000000-0000-4000-8000-000000000000'" },
	{ "{'pattern':'^[A-Z]{3}-\\\\d+$'}", "'AAA-1'" },
	{ "{'pattern':'^(ab)*$','minLength':3}", "'abab'" },
	{ "{'pattern':'^.{3}$','maxLength':3}", "'aaa'" },
	{ "{'pattern':'^(?=x)$','minLength':5}", "'textx'" },
	{ "{'pattern':'x'}", NULL },
	{ "{'pattern':'^\\\\p{L}$'}", NULL },
	{ "{'type':'integer','multipleOf':7,'minimum':50,'maximum':60}", "56" },
	{ "{'type':'integer','multipleOf':7,'maximum':-50}", "-56" },
	{ "{'allOf':[{'multipleOf':4},{'multipleOf':6}],'minimum':1}", "12" },
	{ "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':0.5}",
	    "0.25" },
	{ "{'type':'number','exclusiveMinimum':5,'multipleOf':0.01}", "5.01" },
	{ "{'type':'integer','minimum':9007199254740993}", "9007199254740993" },
	{ "{'type':'integer','minimum':1e18}", "1000000000000000000" },
	{ "{'anyOf':[{'$ref':'#/$defs/n'}],'$defs':{'n':{'properties':{'next':"
	  "{'anyOf':[{'$ref':'#/$defs/n'},{'type':'null'}]}},'required':["
	  "'next']}}}",
	    "{'next':{'next':{'next':{'next':{'next':{'next':null}}}}}}" },
	{ "{'type':'integer','exclusiveMinimum':1,'exclusiveMaximum':2}",
	    NULL },
	{ "{'type':'number','minimum':5,'maximum':3}", "1" },
	{ "{'type':'integer','multipleOf':0}", "1" },
	{ "{'enum':['a'],'type':'integer'}", "'a'" },
	{ "{'type':'array','items':{'type':'integer'},'minItems':3,"
	  "'uniqueItems':true}",
	    "[1,2,3]" },
	{ "{'type':'array','items':{'type':'number','minimum':0,'maximum':1},"
	  "'minItems':4,'uniqueItems':true}",
	    "[1,0.25,0.2,0.166666666666667]" },
	{ "{'type':'array','items':{'type':'string','maxLength':3},"
	  "'minItems':2,'uniqueItems':true}",
	    "['tex','2te']" },
	{ "{'type':'array','items':{'format':'date'},'minItems':2,"
	  "'uniqueItems':true}",
	    "['2026-01-02','2026-01-03']" },
	{ "{'type':'array','items':{'enum':['a','b']},'minItems':2,"
	  "'uniqueItems':true}",
	    "['a','b']" },
	{ "{'type':'array','items':{'enum':['a','b']},'minItems':3,"
	  "'uniqueItems':true}",
	    "['a','a','a']" },
	{ "{'type':'array','items':{'properties':{'id':{'type':'integer'}}},"
	  "'minItems':2,'uniqueItems':true}",
	    "[{'id':1},{'id':2}]" },
	{ "{'type':'array','items':{'type':'boolean'},'minItems':2,"
	  "'uniqueItems':true}",
	    "[true,false]" },
	{ "{'type':'array','contains':{'const':5}}", "[5]" },
	{ "{'type':'array','items':{'type':'integer'},'contains':"
	  "{'minimum':7},'minContains':2,'minItems':3}",
	    "[1,7,7]" },
	{ "{'type':'array','contains':{'const':5},'maxItems':0}", "[]" },
	{ "{'type':'object','minProperties':2,'additionalProperties':"
	  "{'type':'integer'}}",
	    "{'key1':1,'key2':1}" },
	{ "{'type':'object','minProperties':1,'additionalProperties':false}",
	    "{}" },
	{ "{'properties':{'a':{},'b':{}},'required':['b'],'maxProperties':1}",
	    "{'b':'b'}" },
	{ "{'not':{'type':'string'}}", "{}" },
	{ "{'not':{'type':['string','object']}}", "['text']" },
	{ "{'not':{}}", "'text'" },
	{ "{'enum':['a','b'],'not':{'const':'a'}}", "'b'" },
	{ "{'type':'integer','not':{'enum':[1]}}", "1" },
	{ "{'if':{'type':'string'},'then':{'minLength':6}}", "'textxx'" },
	{ "{'type':'integer','if':{'type':'string'},'then':{'minLength':6},"
	  "'else':{'minimum':3}}",
	    "3" },
	{ "{'type':'object','properties':{'k':{'const':'b'}},'required':['k'],'if':"
	  "{'properties':{'k':{'const':'a'}}},'else':{'required':['x']}}",
	    "{'k':'b','x':'x'}" },
	{ "{'properties':{'n':{'type':'string','maxLength':1}}}", "{'n':'n'}" },
	{ "{'enum':[1,'x'],'type':'string'}", "'x'" },
	{ "{'enum':['a','bb','ccc'],'allOf':[{'enum':['ccc','bb']},"
	  "{'minLength':3}]}",
	    "'ccc'" },
	{ "{'$ref':'#/allOf/1','allOf':[{},{'const':4}]}", "4" },
	{ "{'$ref':'#/allOf/x','allOf':[{'const':4}]}", NULL },
	{ "{'$ref':'#/$defs/%+1','$defs':{'%+1':{'const':5}}}", "5" },
	{ "{'$ref':'#/$defs/a%7E1b','$defs':{'a/b':{'const':6}}}", "6" },
	{ "{'$ref':'#x','$defs':{}}", NULL },
	{ "{'$ref':1}", NULL },
	{ "{'$ref':'#/$defs/a~1b','$defs':{'a/b':{'const':3}}}", "3" },
	{ "{'$ref':'#/$defs/none'}", NULL },
	{ "{'$ref':'#'}", "'text'" },
	{ "{'$ref':'http://elsewhere'}", NULL },
	{ "{'type':'object','properties':{'next':{'$ref':'#'}},"
	  "'required':['next']}",
	    NULL },
};

#endif
