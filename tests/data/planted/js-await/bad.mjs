import { readFile, writeFile } from "node:fs/promises";

export async function replace(path, from, to) {
	const text = await readFile(path, "utf8");
	const changed = text.replaceAll(from, to);
	writeFile(path, changed);
	return readFile(path, "utf8");
}

export function touch(path) {
	writeFile(path, "");
}
