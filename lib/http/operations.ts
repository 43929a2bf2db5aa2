import { APPLICATIONS } from './operations/applications.ts';
import { AUTHENTICATION } from './operations/authentication.ts';
import { NOTICES } from './operations/notices.ts';
import { OPEN_ITEMS } from './operations/open-items.ts';
import type { Operation } from './operations/operation.ts';
import { OPERATORS } from './operations/operators.ts';
import { PEOPLE } from './operations/people.ts';
import { RECONCILIATION } from './operations/reconciliation.ts';
import { SPECIFICATION } from './operations/specification.ts';
import { TACHES } from './operations/taches.ts';
import type { ROUTES, Route } from './routes.ts';

type KeyOf<One> = One extends { readonly method: infer Method extends string; readonly path: infer Path extends string } ? `${Method} ${Path}` : never;

/** A route as its method and path. */
export type RouteKey = KeyOf<(typeof ROUTES)[number]>;

/** What every route takes and gives: a route without a line here does not compile. */
const OPERATIONS = {
  ...AUTHENTICATION,
  ...RECONCILIATION,
  ...TACHES,
  ...OPEN_ITEMS,
  ...OPERATORS,
  ...PEOPLE,
  ...NOTICES,
  ...APPLICATIONS,
  ...SPECIFICATION,
} as const satisfies Readonly<Record<RouteKey, Operation>>;

const BY_NAME: ReadonlyMap<string, Operation> = new Map(Object.entries(OPERATIONS));

/** What a route takes and gives. */
export function operationOf({ method, path }: Pick<Route, 'method' | 'path'>): Operation {
  const operation = BY_NAME.get(`${method} ${path}`);
  if (operation === undefined) throw new Error(`no operation for ${method} ${path}`);
  return operation;
}
