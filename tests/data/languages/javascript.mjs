#!/usr/bin/env node
"use strict";
import { readFile } from "node:fs/promises";

/** Adds. */
export function add(a, b) {
	return a + b;
}

// A plain comment is no documentation.
export function subtract(a, { by, scale: k = 1 }, ...rest) {
	function inner(x) {
		return x;
	}
	return inner(a) - by * k - rest.length;
}

// eslint-disable-next-line no-unused-vars
function unused() {}

export async function* lines(path) {
	for (const line of (await readFile(path, "utf8")).split("\n"))
		yield line;
}

function* count() {
	yield 1;
}

export const double = (n) => n * 2;

/**
 * Halves.
 */

export const half = function (n) {
	return n / 2;
};

const first = (a) => a, second = (b) => b;

var old = function () {};

let later;

const Point = class {
	move() {}
};

export class Shop extends Point {
	static #count = 0;
	static limit = 10;
	name;
	handler = (event) => {
		this.name = event;
	};

	constructor(name) {
		super();
		if (!name)
			throw new RangeError("a shop has a name");
		this.name = name;
	}

	get size() {
		return 1;
	}

	set size(n) {
		this.name = n;
	}

	set alone(n) {
		this.name = n;
	}

	/** Opens. */
	open() {
		return () => 1;
	}

	static async make() {
		return new Shop("x");
	}

	#secret() {}

	_hidden() {}

	*[Symbol.iterator]() {
		yield 1;
	}

	"in quotes"() {}
}

export const api = {
	get(path) {
		return path;
	},
	post: (path) => path,
	put: async function (path) {
		return path;
	},
	level: 1,
	deep: {
		not_found() {},
	},
};

Shop.prototype.close = function () {
	return true;
};

api.later = (a) => a;

api.more = {
	one() {},
};

Shop.Inner = class {
	run() {}
};

(function () {
	function within() {}
	within();
})();

[1].map(function named(x) {
	return x;
});

let a = 1; function behind() {}

export { unused, count, old, later, first, second, a, behind };

export default function () {
	return `function f() {}`;
}

function taken({ a, b: { c, a: { d } = {}, e = 1 }, "f-g": f, h: [i], ...j }, [k, { l }], { m, n = ({ o }) => o } = {}, ...[p]) {
	const { q } = a;
	return q;
}
