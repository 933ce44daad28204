import { Component, type ReactNode } from "react";

/** Keeps a fault in drawing to one mount. React knows no other way to do so than a class. */
export class Boundary extends Component<{ fault(cause: unknown): void; children?: ReactNode }, { isBroken: boolean }> {
	override state = { isBroken: false };

	static getDerivedStateFromError(): { isBroken: boolean } {
		return { isBroken: true };
	}

	override componentDidCatch(cause: unknown): void {
		this.props.fault(cause);
	}

	override render(): ReactNode {
		return this.state.isBroken ? null : this.props.children;
	}
}
