import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** One file of the repository: its path from the root, with `/`, and its text. */
export type Source = { path: string; text: string };

/** A place that a file imports: a file of the repository, a package, or a module of Node (`node:fs`). */
export type Import = { target: string; isTypeOnly: boolean; specifier: string };

/** Paths of the files that are, or are about to be, in the repository. */
export function repositoryFiles(): string[] {
	const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root });
	return listed
		.toString()
		.split("\n")
		.filter((path) => path !== "" && existsSync(join(root, path)));
}

export function readSource(path: string): Source {
	return { path, text: readFileSync(join(root, path), "utf8") };
}

const trees = new Map<string, { text: string; tree: ts.SourceFile }>();

/** The syntax tree of a TypeScript or JavaScript file. */
export function treeOf({ path, text }: Source): ts.SourceFile {
	const known = trees.get(path);
	if (known?.text === text) return known.tree;
	const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
	const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, kind);
	trees.set(path, { text, tree });
	return tree;
}

/** Every node of a file for which `pick` answers a text, as those texts. */
export function findings(source: Source, pick: (node: ts.Node) => string | undefined | false): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const text = pick(node);
		if (typeof text === "string") found.push(text);
		ts.forEachChild(node, visit);
	};
	visit(treeOf(source));
	return found;
}

const imports = new WeakMap<Source, Import[]>();

/** What a file imports, exports again, or loads later; types too. */
export function importsOf(source: Source): Import[] {
	const known = imports.get(source) ?? readImports(source);
	imports.set(source, known);
	return known;
}

function readImports(source: Source): Import[] {
	const found: Import[] = [];
	const add = (specifier: string, isTypeOnly: boolean) =>
		found.push({
			specifier,
			isTypeOnly,
			target: targetOf(source.path, specifier),
		});
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
			add(node.moduleSpecifier.text, isTypeImport(node.importClause));
		} else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
			add(node.moduleSpecifier.text, node.isTypeOnly);
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			if (ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text, true);
		} else if (ts.isCallExpression(node)) {
			const [first] = node.arguments;
			const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === "require";
			if (loads && first && ts.isStringLiteralLike(first)) add(first.text, false);
		}
		ts.forEachChild(node, visit);
	};
	visit(treeOf(source));
	return found;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
	if (!clause) return false;
	if (clause.isTypeOnly) return true;
	const { name, namedBindings: names } = clause;
	return !name && !!names && ts.isNamedImports(names) && names.elements.every((element) => element.isTypeOnly);
}

/** `./x.ts` and `@stipt/shared/x` become paths from the root; a package keeps its name. */
function targetOf(from: string, specifier: string): string {
	const plain = specifier.replace(/^[a-z-]+:(?=\.)/, "");
	if (plain.startsWith(".")) return posix.join(posix.dirname(from), plain);
	if (plain === "@stipt/shared") return "shared/src/index.ts";
	if (plain.startsWith("@stipt/shared/")) return `shared/src/${plain.slice("@stipt/shared/".length)}.ts`;
	if (plain.startsWith("node:")) return plain;
	return plain
		.split("/")
		.slice(0, plain.startsWith("@") ? 2 : 1)
		.join("/");
}
