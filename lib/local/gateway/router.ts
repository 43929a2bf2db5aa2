import type { ApiMethod, ApiResource } from './rest-api.ts';

export interface MatchedRoute {
  readonly resource: ApiResource;
  readonly method: ApiMethod;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Finds what answers a request, as a REST API does: literal segments before `{parameter}` before `{greedy+}`, with or without a final `/`.
 * @throws URIError if a segment is not valid percent-encoding.
 */
export function matchRoute(root: ApiResource, httpMethod: string, path: string): MatchedRoute | undefined {
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  const segments = trimmed.split('/').slice(1).map(decodeURIComponent);
  const found = matchSegments(root, segments, {});
  const method = found?.resource.methods.get(httpMethod) ?? found?.resource.methods.get('ANY');
  return found === undefined || method === undefined ? undefined : { ...found, method };
}

type MatchedResource = Omit<MatchedRoute, 'method'>;

function matchSegments(resource: ApiResource, segments: readonly string[], pathParameters: Readonly<Record<string, string>>): MatchedResource | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return { resource, pathParameters };
  if (segment === '') return undefined;
  const literal = segment.startsWith('{') ? undefined : resource.children.get(segment);
  const found = literal && matchSegments(literal, rest, pathParameters);
  if (found !== undefined) return found;
  const placeholders = [...resource.children].filter(([name]) => name.startsWith('{')).toSorted(([left], [right]) => Number(isGreedy(left)) - Number(isGreedy(right)));
  for (const [name, child] of placeholders) {
    const greedy = isGreedy(name);
    const value = greedy ? segments.join('/') : segment;
    const match = matchSegments(child, greedy ? [] : rest, { ...pathParameters, [parameterName(name)]: value });
    if (match !== undefined) return match;
  }
  return undefined;
}

function isGreedy(name: string): boolean {
  return name.endsWith('+}');
}

function parameterName(name: string): string {
  return name.slice(1, isGreedy(name) ? -2 : -1);
}
