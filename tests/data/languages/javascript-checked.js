// @ts-check
"use strict";

function unchecked(a) {
	return a;
}
