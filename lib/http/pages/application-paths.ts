import type { HttpRequest } from '../request.ts';

/** Where the two pages lie, as the caller reached this one: a stage or a domain may put something before. */
export function applicationPaths({ url }: Pick<HttpRequest, 'url'>): { readonly list: string; readonly register: string } {
  const list = new URL(url).pathname.replace(/\/+$/u, '').replace(/\/register$/u, '');
  return { list: `${list}/`, register: `${list}/register/` };
}
