type Index<Row> = { upTo: number; rows: Map<number, Row[]> };

const indexes = new WeakMap<readonly unknown[], Index<unknown>>();

/**
 * The rows of one ticket in a list that only grows. A list that changed otherwise is put in place as a new one, which
 * gets an index of its own: a desk with 50,000 tickets answers as quickly as one with fifty.
 */
export function ofTicket<Row>(list: readonly Row[], ticketOf: (row: Row) => number, ticket: number): Row[] {
	const index = (indexes.get(list) as Index<Row> | undefined) ?? { upTo: 0, rows: new Map<number, Row[]>() };
	indexes.set(list, index as Index<unknown>);
	for (; index.upTo < list.length; index.upTo += 1) {
		const row = list[index.upTo] as Row;
		const own = index.rows.get(ticketOf(row));
		if (own === undefined) index.rows.set(ticketOf(row), [row]);
		else own.push(row);
	}
	return index.rows.get(ticket) ?? [];
}
