import { placeholders } from './substitution.ts';
import { isJsonObject, type Json, type ResourceDeclaration } from './template.ts';

type Declarations = Readonly<Record<string, ResourceDeclaration>>;

/**
 * The logical ids of a stack so that each follows what it refers to or depends on.
 * @throws Error naming the resources of a circle.
 */
export function dependencyOrder(resources: Declarations): readonly string[] {
  const ordered: string[] = [];
  const finished = new Set<string>();
  const visit = (logicalId: string, path: readonly string[]): void => {
    if (finished.has(logicalId)) return;
    if (path.includes(logicalId)) throw new Error(`resources depend on each other in a circle: ${[...path, logicalId].join(' > ')}`);
    for (const needed of dependenciesOf(logicalId, resources)) visit(needed, [...path, logicalId]);
    finished.add(logicalId);
    ordered.push(logicalId);
  };
  for (const logicalId of Object.keys(resources)) visit(logicalId, []);
  return ordered;
}

function dependenciesOf(logicalId: string, resources: Declarations): readonly string[] {
  const declaration = resources[logicalId];
  if (declaration === undefined) return [];
  return [...new Set([...declaration.DependsOn, ...mentioned(declaration.Properties)])].filter((name) => name !== logicalId && name in resources);
}

function mentioned(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(mentioned);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, argument]) => {
    if (key === 'Ref' && typeof argument === 'string') return [argument];
    if (key === 'Fn::GetAtt') return attributeOwner(argument);
    if (key === 'Fn::Sub') return [...substitutedNames(argument), ...mentioned(argument)];
    return mentioned(argument);
  });
}

function attributeOwner(argument: Json): readonly string[] {
  const owner = Array.isArray(argument) ? argument[0] : String(argument).split('.')[0];
  return typeof owner === 'string' ? [owner] : [];
}

function substitutedNames(argument: Json): readonly string[] {
  const pattern = Array.isArray(argument) ? argument[0] : argument;
  return typeof pattern === 'string' ? placeholders(pattern).map((name) => name.split('.')[0] ?? name) : [];
}
