/*
 * schema_rows - JSON Schemas, and texts that hold to them or do not.
 */
#ifndef SCHEMA_ROWS_H
#define SCHEMA_ROWS_H

#include "str.h"

/* In all tables ' stands for ", and | for ', so that they can be read. */
static char *
quoted(const char *text)
{
	static const char from[] = "'|", to[] = "\"'";
	size_t len = strlen(text);
	char *copy = malloc(len + 1);

	if (!copy)
		abort();
	for (size_t i = 0; i <= len; i++) {
		const char *at = memchr(from, text[i], 2);

		copy[i] = at ? to[at - from] : text[i];
	}
	return copy;
}

/*
 * A row is a schema, or a text for the last one: with what is said of it, or
 * NULL when it holds.
 */
struct row {
	const char *schema, *text, *want;
};

#define SCHEMA(schema) \
	{ \
		schema, NULL, NULL \
	}
#define HOLDS(text) \
	{ \
		NULL, text, NULL \
	}
#define FAILS(text, want) \
	{ \
		NULL, text, want \
	}

static const struct row rows[] = {
	/* Core, 4.3.2: boolean schemas, and one without keywords. */
	SCHEMA("{}"),
	HOLDS("1"),
	HOLDS("null"),
	HOLDS("{'a':[]}"),
	HOLDS(" [ ] "),
	SCHEMA("{'items':true}"),
	HOLDS("[1,null]"),
	SCHEMA("{'items':false}"),
	HOLDS("[]"),
	HOLDS("{}"),
	FAILS("[7]", ".[0]: wanted nothing, got 7"),
	SCHEMA("{'properties':{'a':true,'b':false}}"),
	HOLDS("{'a':1}"),
	HOLDS("{}"),
	FAILS("{'b':1}", ".b: wanted no member of that name, got 1"),
	SCHEMA("{'anyOf':[false,true]}"),
	HOLDS("1"),
	SCHEMA("{'anyOf':[false]}"),
	FAILS("1", ".: wanted nothing, got 1"),

	/* Validation, 6.1.1: type. */
	SCHEMA("{'type':'null'}"),
	HOLDS("null"),
	FAILS("0", ".: wanted null, got 0"),
	FAILS("false", ".: wanted null, got false"),
	FAILS("''", ".: wanted null, got ''"),
	SCHEMA("{'type':'boolean'}"),
	HOLDS("true"),
	HOLDS("false"),
	FAILS("0", ".: wanted boolean, got 0"),
	FAILS("null", ".: wanted boolean, got null"),
	FAILS("'true'", ".: wanted boolean, got 'true'"),
	SCHEMA("{'type':'integer'}"),
	HOLDS("0"),
	HOLDS("-1"),
	HOLDS("1.0"),
	HOLDS("1e3"),
	HOLDS("-0.0"),
	HOLDS("12.50e1"),
	HOLDS("9007199254740993"),
	HOLDS("1e400"),
	HOLDS("123456789012345678901234567890"),
	FAILS("1.5", ".: wanted integer, got 1.5"),
	FAILS("1e-1", ".: wanted integer, got 1e-1"),
	FAILS(
	    "9007199254740993.5", ".: wanted integer, got 9007199254740993.5"),
	FAILS("'1'", ".: wanted integer, got '1'"),
	FAILS("true", ".: wanted integer, got true"),
	FAILS("[1]", ".: wanted integer, got [1]"),
	SCHEMA("{'type':'number'}"),
	HOLDS("0"),
	HOLDS("1.5"),
	HOLDS("-1e-9"),
	HOLDS("1e400"),
	FAILS("'1'", ".: wanted number, got '1'"),
	FAILS("null", ".: wanted number, got null"),
	SCHEMA("{'type':'string'}"),
	HOLDS("''"),
	HOLDS("'a'"),
	HOLDS("'\\u0000'"),
	FAILS("1", ".: wanted string, got 1"),
	FAILS("['a']", ".: wanted string, got ['a']"),
	SCHEMA("{'type':'array'}"),
	HOLDS("[]"),
	HOLDS("[1,[2]]"),
	FAILS("{}", ".: wanted array, got {}"),
	FAILS("'[]'", ".: wanted array, got '[]'"),
	SCHEMA("{'type':'object'}"),
	HOLDS("{}"),
	HOLDS("{'a':1}"),
	FAILS("[]", ".: wanted object, got []"),
	FAILS("'{}'", ".: wanted object, got '{}'"),
	SCHEMA("{'type':['string','null']}"),
	HOLDS("'a'"),
	HOLDS("null"),
	FAILS("1", ".: wanted null or string, got 1"),
	SCHEMA("{'type':['integer']}"),
	HOLDS("1"),
	FAILS("0.5", ".: wanted integer, got 0.5"),
	SCHEMA("{'type':['integer','number']}"),
	HOLDS("0.5"),
	HOLDS("1"),

	/* Validation, 6.1.2: enum. */
	SCHEMA("{'enum':['red','green']}"),
	HOLDS("'red'"),
	HOLDS("'green'"),
	HOLDS("'\\u0072ed'"),
	FAILS("'blue'", ".: wanted one of ['red','green'], got 'blue'"),
	FAILS("'re'", ".: wanted one of ['red','green'], got 're'"),
	FAILS("null", ".: wanted one of ['red','green'], got null"),
	SCHEMA("{'enum':[3,null,'3',[],{'b':[1],'a':2},true,1e2]}"),
	HOLDS("3"),
	HOLDS("3.0"),
	HOLDS("null"),
	HOLDS("'3'"),
	HOLDS("[ ]"),
	HOLDS("true"),
	HOLDS("{'a':2.0,'b':[10e-1]}"),
	HOLDS("100"),
	HOLDS("{'a':0,'b':[1],'a':2}"),
	FAILS("false",
	    ".: wanted one of [3,null,'3',[],{'b':[1],'a':2},true,1e2],"
	    " got false"),
	FAILS("{'a':2,'b':[1],'a':0}",
	    ".: wanted one of [3,null,'3',[],{'b':[1],'a':2},true,1e2],"
	    " got {'a':2,'b':[1],'a':0}"),
	FAILS("{'a':2}",
	    ".: wanted one of [3,null,'3',[],{'b':[1],'a':2},true,1e2],"
	    " got {'a':2}"),
	FAILS("{}",
	    ".: wanted one of [3,null,'3',[],{'b':[1],'a':2},true,1e2],"
	    " got {}"),
	FAILS("[[]]",
	    ".: wanted one of [3,null,'3',[],{'b':[1],'a':2},true,1e2],"
	    " got [[]]"),
	SCHEMA("{'enum':[0,false]}"),
	HOLDS("0"),
	HOLDS("false"),
	HOLDS("-0.0"),
	FAILS("''", ".: wanted one of [0,false], got ''"),
	FAILS("[0]", ".: wanted one of [0,false], got [0]"),
	SCHEMA("{'enum':[]}"),
	FAILS("1", ".: wanted one of [], got 1"),
	SCHEMA("{'enum':[9007199254740993]}"),
	HOLDS("9007199254740993"),
	HOLDS("9007199254740993.0"),
	FAILS("9007199254740992",
	    ".: wanted one of [9007199254740993], got "
	    "9007199254740992"),

	/* Validation, 6.1.3: const. */
	SCHEMA("{'const':null}"),
	HOLDS("null"),
	FAILS("0", ".: wanted null, got 0"),
	SCHEMA("{'const':2}"),
	HOLDS("2"),
	HOLDS("2.0"),
	HOLDS("20e-1"),
	FAILS("'2'", ".: wanted 2, got '2'"),
	FAILS("5", ".: wanted 2, got 5"),
	SCHEMA("{'const':false}"),
	HOLDS("false"),
	FAILS("0", ".: wanted false, got 0"),
	FAILS("true", ".: wanted false, got true"),
	SCHEMA("{'const':[1,2]}"),
	HOLDS("[1,2]"),
	FAILS("[2,1]", ".: wanted [1,2], got [2,1]"),
	FAILS("[1,2,3]", ".: wanted [1,2], got [1,2,3]"),
	FAILS("[1]", ".: wanted [1,2], got [1]"),
	SCHEMA("{'const':{'a':{'b':1,'c':[]}}}"),
	HOLDS("{'a':{'c':[],'b':1.0}}"),
	HOLDS("{'\\u0061':{'c':[],'b':1}}"),
	FAILS("{'a':{'b':1}}",
	    ".: wanted {'a':{'b':1,'c':[]}}, got {'a':{'b':1}}"),
	FAILS("{'a':{'b':1,'d':[]}}",
	    ".: wanted {'a':{'b':1,'c':[]}}, got "
	    "{'a':{'b':1,'d':[]}}"),
	SCHEMA("{'const':'a\\nb'}"),
	HOLDS("'a\\u000ab'"),
	FAILS("'ab'", ".: wanted 'a\\nb', got 'ab'"),

	/* Validation, 6.2: limits of numbers; other values are let be. */
	SCHEMA("{'minimum':1.1}"),
	HOLDS("1.1"),
	HOLDS("2"),
	HOLDS("1.10"),
	HOLDS("'x'"),
	HOLDS("null"),
	FAILS("1.0999999999999999999",
	    ".: wanted at least 1.1, got 1.0999999999999999999"),
	FAILS("0.6", ".: wanted at least 1.1, got 0.6"),
	FAILS("-5", ".: wanted at least 1.1, got -5"),
	SCHEMA("{'maximum':3}"),
	HOLDS("3"),
	HOLDS("3.0"),
	HOLDS("-9e9"),
	HOLDS("'xxxx'"),
	FAILS("3.5", ".: wanted at most 3, got 3.5"),
	FAILS("1e400", ".: wanted at most 3, got 1e400"),
	SCHEMA("{'exclusiveMinimum':-2}"),
	HOLDS("-1.9"),
	HOLDS("0"),
	HOLDS("[]"),
	FAILS("-2", ".: wanted more than -2, got -2"),
	FAILS("-2.0", ".: wanted more than -2, got -2.0"),
	FAILS("-3", ".: wanted more than -2, got -3"),
	SCHEMA("{'exclusiveMaximum':3}"),
	HOLDS("2.2"),
	HOLDS("{}"),
	FAILS("3.0", ".: wanted less than 3, got 3.0"),
	FAILS("3.5", ".: wanted less than 3, got 3.5"),
	SCHEMA("{'minimum':9007199254740993}"),
	HOLDS("9007199254740993"),
	FAILS("9007199254740992",
	    ".: wanted at least 9007199254740993, got "
	    "9007199254740992"),
	SCHEMA("{'minimum':0,'maximum':10}"),
	HOLDS("0"),
	HOLDS("10"),
	FAILS("11", ".: wanted at most 10, got 11"),
	FAILS("-1", ".: wanted at least 0, got -1"),

	/* Validation, 6.3: lengths are counted in characters. */
	SCHEMA("{'minLength':2}"),
	HOLDS("'ab'"),
	HOLDS("'\xc3\xa4\xc3\xb6'"),
	HOLDS("'\\u00e4x'"),
	HOLDS("7"),
	FAILS("'a'", ".: wanted at least 2 characters, got 'a'"),
	FAILS("'\xf0\x9f\x98\x80'",
	    ".: wanted at least 2 characters, got '\xf0\x9f\x98\x80'"),
	FAILS("'\\ud83d\\ude00'",
	    ".: wanted at least 2 characters, got '\\ud83d\\ude00'"),
	SCHEMA("{'minLength':1}"),
	HOLDS("' '"),
	HOLDS("[]"),
	FAILS("''", ".: wanted at least 1 character, got ''"),
	SCHEMA("{'maxLength':2}"),
	HOLDS("''"),
	HOLDS("'ab'"),
	HOLDS("'\xf0\x9f\x98\x80\xf0\x9f\x98\x80'"),
	HOLDS("'\\n\\n'"),
	HOLDS("12345"),
	FAILS("'abc'", ".: wanted at most 2 characters, got 'abc'"),
	SCHEMA("{'maxLength':2.0,'minLength':2e0}"),
	HOLDS("'ab'"),
	FAILS("'a'", ".: wanted at least 2e0 characters, got 'a'"),
	FAILS("'abc'", ".: wanted at most 2.0 characters, got 'abc'"),
	SCHEMA("{'maxLength':1e99}"),
	HOLDS("'abc'"),
	SCHEMA("{'minLength':1e99}"),
	FAILS("'abc'", ".: wanted at least 1e99 characters, got 'abc'"),

	/* Validation, 6.4: numbers of elements. */
	SCHEMA("{'minItems':1}"),
	HOLDS("[1]"),
	HOLDS("[[],[]]"),
	HOLDS("''"),
	HOLDS("{}"),
	FAILS("[]", ".: wanted at least 1 element, got []"),
	SCHEMA("{'maxItems':2}"),
	HOLDS("[]"),
	HOLDS("[1,[2,3,4]]"),
	HOLDS("'abc'"),
	FAILS("[1,2,3]", ".: wanted at most 2 elements, got [1,2,3]"),
	SCHEMA("{'maxItems':0}"),
	HOLDS("[ ]"),
	FAILS("[1]", ".: wanted at most 0 elements, got [1]"),

	/* Core, 10.3.1.2: items. */
	SCHEMA("{'items':{'type':'integer'}}"),
	HOLDS("[]"),
	HOLDS("[1,2.0]"),
	HOLDS("{'0':'x'}"),
	HOLDS("'ab'"),
	FAILS("[1,'2',true]", ".[1]: wanted integer, got '2'"),
	SCHEMA("{'items':{'items':{'items':{'type':'null'}}}}"),
	HOLDS("[[[null]],[],[[],[null]]]"),
	FAILS("[[[null]],[[null],[null,0]]]", ".[1][1][1]: wanted null, got 0"),

	/* Core, 10.3.2: properties, additionalProperties. */
	SCHEMA("{'properties':{'a':{'type':'integer'},'b':{'type':'string'}}}"),
	HOLDS("{}"),
	HOLDS("{'a':1,'b':''}"),
	HOLDS("{'c':[]}"),
	HOLDS("[]"),
	HOLDS("1"),
	FAILS("{'\\u0061':'x'}", ".a: wanted integer, got 'x'"),
	FAILS("{'a':1,'b':[]}", ".b: wanted string, got []"),
	FAILS("{'b':0,'a':''}", ".b: wanted string, got 0"),
	HOLDS("{'a':'x','a':1}"),
	FAILS("{'a':1,'a':'x'}", ".a: wanted integer, got 'x'"),
	SCHEMA("{'properties':{'a':{'type':'string'},'a':{'type':'null'}}}"),
	HOLDS("{'a':null}"),
	FAILS("{'a':''}", ".a: wanted null, got ''"),
	SCHEMA("{'additionalProperties':false}"),
	HOLDS("{}"),
	HOLDS("[1]"),
	FAILS("{'a':1}", ".a: wanted no member of that name, got 1"),
	SCHEMA("{'additionalProperties':{'type':'boolean'}}"),
	HOLDS("{'x':true,'y':false}"),
	FAILS("{'x':true,'y z':1}", ".['y z']: wanted boolean, got 1"),
	HOLDS("{'x':1,'x':true}"),
	FAILS("{'x':true,'x':1}", ".x: wanted boolean, got 1"),
	SCHEMA(
	    "{'properties':{'a':{}},'additionalProperties':{'type':'null'}}"),
	HOLDS("{'a':1,'b':null}"),
	FAILS("{'a':1,'b':2}", ".b: wanted null, got 2"),
	SCHEMA("{'properties':{'a':{}},'anyOf':[{'properties':{'b':{}}}],"
	       "'additionalProperties':false}"),
	HOLDS("{'a':1}"),
	FAILS("{'b':1}", ".b: wanted no member of that name, got 1"),
	SCHEMA(
	    "{'properties':{'':{'type':'null'},'\xc3\xa4':{'type':'null'}}}"),
	HOLDS("{'':null,'\\u00e4':null}"),
	FAILS("{'':1}", ".['']: wanted null, got 1"),
	FAILS("{'\xc3\xa4':1}", ".['\xc3\xa4']: wanted null, got 1"),

	/* Validation, 6.5.3: required. */
	SCHEMA("{'required':['a','b c']}"),
	HOLDS("{'a':null,'b c':0,'d':1}"),
	HOLDS("[]"),
	HOLDS("null"),
	FAILS("{'a':1}", ".: wanted a member 'b c', got {'a':1}"),
	FAILS("{}", ".: wanted a member 'a', got {}"),
	SCHEMA("{'required':[]}"),
	HOLDS("{}"),
	SCHEMA("{'properties':{'a':{'required':['b']}}}"),
	HOLDS("{'a':{'b':1}}"),
	HOLDS("{'a':1}"),
	FAILS("{'a':{'c':{'b':1}}}",
	    ".a: wanted a member 'b', got {'c':{'b':1}}"),

	/* Core, 10.2.1.2: anyOf, and whose failure is told. */
	SCHEMA("{'anyOf':[{'type':'integer'},{'minimum':2}]}"),
	HOLDS("1"),
	HOLDS("2.5"),
	HOLDS("'x'"),
	FAILS("1.5", ".: wanted at least 2, got 1.5"),
	SCHEMA("{'type':'string','anyOf':[{'maxLength':2},{'minLength':4}]}"),
	HOLDS("'ab'"),
	HOLDS("'abcd'"),
	FAILS("'abc'",
	    ".: wanted at most 2 characters or what else anyOf allows, got 'abc'"),
	FAILS("1", ".: wanted string, got 1"),
	SCHEMA("{'anyOf':[{'type':'integer'},{'type':['null','string']}]}"),
	HOLDS("1"),
	HOLDS("null"),
	HOLDS("'x'"),
	FAILS("[]", ".: wanted null or integer or string, got []"),
	SCHEMA("{'anyOf':[{'type':['null','boolean']}]}"),
	HOLDS("null"),
	FAILS("1", ".: wanted null or boolean, got 1"),
	SCHEMA("{'anyOf':[{'const':1},{'type':'null'}]}"),
	HOLDS("1"),
	HOLDS("null"),
	FAILS("2", ".: wanted 1, got 2"),
	SCHEMA(
	    "{'properties':{'p':{'anyOf':[{'$ref':'#/$defs/P'},{'type':'null'}]}},"
	    "'$defs':{'P':{'type':'object','properties':{'age':{'type':'integer'}}"
	    ",'required':['age']}}}"),
	HOLDS("{'p':null}"),
	HOLDS("{'p':{'age':1}}"),
	FAILS("{'p':1}", ".p: wanted null or object, got 1"),
	FAILS("{'p':{}}", ".p: wanted a member 'age', got {}"),
	FAILS("{'p':{'age':'1'}}", ".p.age: wanted integer, got '1'"),
	SCHEMA(
	    "{'anyOf':[{'$ref':'#/$defs/add'},{'$ref':'#/$defs/not'}],'$defs':{"
	    "'add':{'properties':{'op':{'const':'add'},'a':{'type':'number'}},"
	    "'required':['op','a']},'not':{'properties':{'op':{'const':'not'},"
	    "'x':{'type':'boolean'}},'required':['op','x']}}}"),
	HOLDS("{'op':'add','a':1}"),
	HOLDS("{'op':'not','x':true}"),
	FAILS("{'op':'not','x':1}", ".x: wanted boolean, got 1"),
	FAILS("{'op':'not'}", ".: wanted a member 'x', got {'op':'not'}"),
	FAILS("{'op':'add','a':''}", ".a: wanted number, got ''"),
	FAILS("{'op':'or'}",
	    ".op: wanted 'add' or what else anyOf allows, got 'or'"),
	SCHEMA("{'anyOf':[{'anyOf':[{'type':'null'},{'type':'boolean'}]},"
	       "{'type':'string'}]}"),
	HOLDS("null"),
	HOLDS("true"),
	HOLDS("''"),
	FAILS("1", ".: wanted null or boolean or string, got 1"),

	/* Core, 8.2.3.1: $ref, and JSON Pointer, RFC 6901, 6. */
	SCHEMA("{'type':'object','properties':{'v':{'type':'integer'},"
	       "'kids':{'type':'array','items':{'$ref':'#'}}},'required':['v'],"
	       "'additionalProperties':false}"),
	HOLDS("{'v':1}"),
	HOLDS("{'v':1,'kids':[{'v':2,'kids':[]},{'v':3}]}"),
	FAILS("{'v':1,'kids':[{'v':2},{'v':3,'kids':[{'v':4},{'v':'5'}]}]}",
	    ".kids[1].kids[1].v: wanted integer, got '5'"),
	FAILS("{'v':1,'kids':[{'v':2},{'kids':[]}]}",
	    ".kids[1]: wanted a member 'v', got {'kids':[]}"),
	SCHEMA("{'$ref':'#/definitions/a','definitions':{'a':{'$ref':"
	       "'#/definitions/b'},'b':{'type':'null'}}}"),
	HOLDS("null"),
	FAILS("1", ".: wanted null, got 1"),
	SCHEMA("{'properties':{'t':{'$ref':'#/$defs/a~1b'},'u':{'$ref':"
	       "'#/$defs/c~0d'},'v':{'$ref':'#/$defs/e%25f'},'w':{'$ref':"
	       "'#/$defs/g%20h'},'x':{'$ref':'#/$defs/~01'}},'$defs':{"
	       "'a/b':{'const':1},'c~d':{'const':2},'e%f':{'const':3},"
	       "'g h':{'const':4},'~1':{'const':5}}}"),
	HOLDS("{'t':1,'u':2,'v':3,'w':4,'x':5}"),
	FAILS("{'t':0}", ".t: wanted 1, got 0"),
	FAILS("{'u':0}", ".u: wanted 2, got 0"),
	FAILS("{'v':0}", ".v: wanted 3, got 0"),
	FAILS("{'w':0}", ".w: wanted 4, got 0"),
	FAILS("{'x':0}", ".x: wanted 5, got 0"),
	SCHEMA("{'$ref':'#/$defs/a','maximum':5,'$defs':{'a':{'minimum':3}}}"),
	HOLDS("4"),
	FAILS("2", ".: wanted at least 3, got 2"),
	FAILS("6", ".: wanted at most 5, got 6"),
	SCHEMA(
	    "{'properties':{'a':{'anyOf':[{'type':'null'},{'const':7}]},"
	    "'b':{'$ref':'#/properties/a/anyOf/1'},'c':{'$ref':'#/properties/a'}}}"),
	HOLDS("{'a':null,'b':7,'c':7}"),
	FAILS("{'b':8}", ".b: wanted 7, got 8"),
	FAILS("{'c':8}", ".c: wanted 7, got 8"),
	SCHEMA("{'properties':{'a':{'$ref':'#/anyOf/0'},'b':{'$ref':"
	       "'#/$defs/%'},'c':{'$ref':'#/$defs/%4'},'d':{'$ref':"
	       "'#/$defs/%4x'},'e':{'$ref':'#/$defs/~'},'f':{'$ref':"
	       "'#/$defs/~2'},'g':{'$ref':'#/$defs/%00'},'h':{'$ref':"
	       "'#/$defs/%e2%82%AC'}},'anyOf':[{},true],'$defs':{'%':{"
	       "'const':1},'%4':{'const':2},'%4x':{'const':3},'~':{'const':4},"
	       "'~2':{'const':5},'\\u0000':{'const':6},'\xe2\x82\xac':{"
	       "'const':7}}}"),
	HOLDS("{'a':0,'b':1,'c':2,'d':3,'e':4,'f':5,'g':6,'h':7}"),
	FAILS("{'b':0}", ".b: wanted 1, got 0"),
	FAILS("{'g':0}", ".g: wanted 6, got 0"),
	SCHEMA("{'properties':{'$ref':{'type':'null'},'type':{'type':'null'},"
	       "'properties':{}}}"),
	HOLDS("{'$ref':null,'type':null,'properties':{}}"),
	FAILS("{'$ref':1}", ".['$ref']: wanted null, got 1"),

	/* What only describes: Core, 8.3; Validation, 9. */
	SCHEMA(
	    "{'$schema':'https://json-schema.org/draft/2020-12/schema','$id':'x:',"
	    "'$comment':'','title':'','description':'','default':1,"
	    "'examples':[1],'deprecated':true,'readOnly':false,"
	    "'writeOnly':false,'type':'null','$defs':{'a':false}}"),
	HOLDS("null"),
	FAILS("1", ".: wanted null, got 1"),
	SCHEMA("{'const':{'pattern':1,'type':'x'},'default':{'format':2}}"),
	HOLDS("{'type':'x','pattern':1}"),

	/* Texts that are none, and how values are shown. */
	SCHEMA("{}"),
	FAILS("", "JSON without its end: line 1, column 1"),
	FAILS(" \n ", "JSON without its end: line 2, column 2"),
	FAILS("{'a':[1,2", "JSON without its end: line 1, column 10"),
	FAILS("{'a':1}\n{'a':2}", "not JSON: line 2, column 1: |{'a':2}|"),
	FAILS("Sure! Here is the JSON you asked for, as short as I can be:"
	      " {}",
	    "not JSON: line 1, column 1: |Sure! Here is the JSON you "
	    "asked for, as short as I can be: ...|"),
	FAILS("```json\n{}\n```",
	    "not JSON: line 1, column 1: |```json "
	    "{} ```|"),
	FAILS("{'a':nul}", "not JSON: line 1, column 6: |nul}|"),
	FAILS("{'a':\n 01}", "not JSON: line 2, column 3: |1}|"),
	FAILS("'\xff'", "not UTF-8: line 1, column 2"),
	FAILS("'\xc3'", "not UTF-8: line 1, column 2"),
	HOLDS("'\\ud800'"),
	SCHEMA("{'type':'null'}"),
	FAILS(
	    "{'a': 1,\r\n\t'b':   2}", ".: wanted null, got {'a': 1, 'b': 2}"),
	FAILS("'0123456789012345678901234567890123456789012345678901234567'",
	    ".: wanted null, got '01234567890123456789012345678901234567"
	    "89012345678901234567'"),
	FAILS("'01234567890123456789012345678901234567890123456789012345678'",
	    ".: wanted null, got '01234567890123456789012345678901234567"
	    "890123456789012345678..."),
	FAILS("'0123456789012345678901234567890123456789012345678901234567"
	      "\xc3\xa4'",
	    ".: wanted null, got '01234567890123456789012345678901234567"
	    "89012345678901234567..."),
};

#endif
