import { type Endpoints, SERVICES } from '../service-endpoints.ts';

/** The addresses at which one function finds the services: its own where a test stands between the two. */
export type EndpointsOf = (functionName: string, endpoints: Endpoints) => Promise<Endpoints>;

/** Everybody finds the services where they are. */
export const everyonesEndpoints: EndpointsOf = async (_functionName, endpoints) => endpoints;

/** Variables in which addresses of services, alone or as the beginning of a queue's or a pool's, are replaced. */
export function withEndpoints(variables: Readonly<Record<string, string>>, from: Endpoints, to: Endpoints): Readonly<Record<string, string>> {
  const pairs = SERVICES.map((service) => [from[service], to[service]] as const);
  const moved = (text: string) => pairs.reduce((found, [old, other]) => (found === old || found.startsWith(`${old}/`) ? other + found.slice(old.length) : found), text);
  return Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, moved(text)]));
}
