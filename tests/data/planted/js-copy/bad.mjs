export function parse(text) {
	let rows = [];
	for (const line of text.split("\n")) {
		if (line.startsWith("#")) continue;
		rows = [...rows, line.split(",")];
	}
	return rows;
}
