// mermaid.mjs - what Mermaid's own parser makes of diagrams.
//
//     node mermaid.mjs MERMAID DOMINO < LINES
//
// The two are folders of packages: Mermaid, and a document for it to live in.
// A line is {"text": the diagram, "names": of its components, "edges": how many
// arrows}; without names it is only read.  Prints a line for each of the first diagrams that are not read as
// that, and in the end how many are.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [mermaidFolder, dominoFolder] = process.argv.slice(2);
const domino = createRequire(import.meta.url)(dominoFolder);
globalThis.window = domino.createWindow('');
globalThis.document = window.document;
for (const name of ['Element', 'Node', 'NodeFilter', 'DocumentFragment',
	'HTMLTemplateElement', 'HTMLFormElement', 'DOMParser', 'NamedNodeMap'])
	window[name] ??= domino.impl?.[name] ?? class {};
const { default: mermaid } = await import(
	pathToFileURL(`${mermaidFolder}/dist/mermaid.esm.min.mjs`));

// Mermaid keeps entities in a form of its own until it draws.
const shown = (text) => text
	.replace(/ﬂ°°(\d+)¶ß/g, (_, n) => String.fromCodePoint(n));
// What cannot be seen is a blank in a label.
const visible = (text) => text.replace(/[\p{C}\p{Z}]/gu, '');

async function judge({ text, names, edges }) {
	await mermaid.parse(text);
	if (!names)
		return '';
	const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
	const boxes = [...db.getVertices().values()]
		.filter((box) => /^c\d/.test(box.id)).map((box) => box.text);
	if (db.getEdges().length !== edges)
		return `${db.getEdges().length} arrows instead of ${edges}`;
	if (boxes.length !== names.length)
		return `${boxes.length} boxes instead of ${names.length}`;
	for (const [i, name] of names.entries())
		if (Buffer.byteLength(name) <= 200 &&
		    visible(shown(boxes[i])) !== visible(name))
			return `${JSON.stringify(boxes[i])} is called ` +
				JSON.stringify(name);
	return '';
}

let read = 0, told = 0;
for await (const line of createInterface({ input: process.stdin })) {
	const diagram = JSON.parse(line);
	const wrong = await judge(diagram).catch((error) => error.message);
	if (!wrong)
		read++;
	else if (++told <= 5)
		console.log(`${wrong.split('\n')[0]} ` +
			JSON.stringify(diagram.text));
}
console.log(`${read} read`);
