export function parse(text) {
	let rows = [];
	for (const line of text.split("\n")) {
		if (line.startsWith("#")) continue;
		rows.push(line.split(","));
	}
	return rows;
}
