/// <reference lib="es2022" />
import type { Stats } from "node:fs";

export function parse(text: string): number;
/** From bytes. */
export function parse(bytes: Uint8Array, base?: number): number;
export function parse(what: unknown, base = 10): number {
	return Number(what) + base;
}

function local(a: string): void;
function local(a: number): void;
function local(a: unknown): void {}

// @ts-expect-error
export const wrap = <T>(value: T): T[] => [value];

/** A shop. */
@register("shop")
export class Shop<T extends object = {}> {
	private secret = 1;
	protected readonly limit: number = 10;
	static count: number;
	#hidden?: string;
	handler = async (event: Event): Promise<void> => {};

	constructor(name: string);
	constructor(private readonly name: string, public items: T[] = []) {}

	get(key: string): T;
	get(key: number): T;
	get(key: any): T {
		throw new TypeError("no");
	}

	@logged
	@timed({ unit: "ms" })
	open(this: Shop<T>, ...rest: string[]): asserts this is Shop<T> {}

	private close(): void {}

	protected lock() {}

	// prettier-ignore
	get size(): number {
		return 1;
	}
	set size(n: number) {}
}

@injectable()
@other class Plain {}

export abstract class Base {
	abstract area(): number;
	protected abstract name: string;
	override toString(): string {
		return "";
	}
}

export interface Options<K extends string> {
	(x: number): string;
	new (x: number): Options<K>;
	[key: string]: unknown;
	/** How wide. */
	width: number;
	readonly callback?: (a: number) => void;
	run(a: number, b?: K): boolean;
}

export type Pair<A, B> = [A, B];

type Local = { [K in keyof Stats]?: number };

export const enum Colour {
	Red = 1,
	/** As grass. */
	Green,
}

declare const version: string;
declare function native<T>(a: T, ...more: T[]): never;
export declare function exported(a: number): void;
declare class Ambient {
	method(): void;
}

export namespace Outer.Inner {
	export function deep(): void {}
	const local = () => 1;
}

declare module "other" {
	export function ours(): void;
}

declare global {
	interface Window {
		ours: number;
	}
}

export default abstract class Last {}

export function place({ at, size: { width = 1 } }: { at: number; size: { width?: number } }, [x]: number[] = [0]): void {}
