import ts from 'typescript';

/** One import, export-from or dynamic import of a source file. */
export interface ImportOf {
	readonly specifier: string;
	/** Erased when the program is built. */
	readonly typeOnly: boolean;
	/** Imported names; `*` for a namespace, `default` for the default. */
	readonly names: readonly string[];
}

/** The scripts of a file: itself, or the script elements of a component. */
export function scriptOf(path: string, text: string): string {
	if (!path.endsWith('.svelte')) return text;
	return Array.from(text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g), (match) => match[1]).join('\n');
}

export function parseScript(path: string, text: string): ts.SourceFile {
	const name = path.endsWith('.js') ? path : `${path}.ts`;
	return ts.createSourceFile(name, scriptOf(path, text), ts.ScriptTarget.Latest, true);
}

/** Every import of a file, in the order of the text. */
export function listImports(source: ts.SourceFile): ImportOf[] {
	const found: ImportOf[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
			found.push(fromImport(node, node.moduleSpecifier.text));
		} else if (
			ts.isExportDeclaration(node) &&
			node.moduleSpecifier &&
			ts.isStringLiteral(node.moduleSpecifier)
		) {
			const clause = node.exportClause;
			const names = clause && ts.isNamedExports(clause) ? clause.elements.map(nameOf) : ['*'];
			found.push({ specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly, names });
		} else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
			const [argument] = node.arguments;
			if (argument && ts.isStringLiteral(argument)) {
				found.push({ specifier: argument.text, typeOnly: false, names: ['*'] });
			}
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			const { literal } = node.argument;
			if (ts.isStringLiteral(literal)) found.push({ specifier: literal.text, typeOnly: true, names: [] });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function fromImport({ importClause }: ts.ImportDeclaration, specifier: string): ImportOf {
	if (!importClause) return { specifier, typeOnly: false, names: [] };
	const bindings = importClause.namedBindings;
	const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
	const names = named.map(nameOf);
	if (importClause.name) names.push('default');
	if (bindings && ts.isNamespaceImport(bindings)) names.push('*');
	const erased = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword;
	const eachErased =
		named.length > 0 && names.length === named.length && named.every((one) => one.isTypeOnly);
	return { specifier, typeOnly: erased || eachErased, names };
}

const nameOf = (element: ts.ImportSpecifier | ts.ExportSpecifier) =>
	(element.propertyName ?? element.name).text;
