export function show(list, comments) {
	list.replaceChildren();
	for (const comment of comments) {
		const item = document.createElement("li");
		item.textContent = comment.text;
		list.append(item);
	}
}
