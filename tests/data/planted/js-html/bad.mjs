export function show(list, comments) {
	list.replaceChildren();
	for (const comment of comments) {
		const item = document.createElement("li");
		item.innerHTML = comment.text;
		list.append(item);
	}
}
