import * as React from "react";

interface Props {
	title: string;
}

/** A heading. */
export function Heading({ title }: Props): JSX.Element {
	return <h1>{title}</h1>;
}

export const Item: React.FC<Props> = ({ title }) => {
	const onClick = () => {};
	return <li onClick={onClick}>{/* function no() {} */ title}</li>;
};

export default class App extends React.Component<Props> {
	render() {
		return <Heading title="a" />;
	}
}

const identity = <T,>(x: T): T => x;
