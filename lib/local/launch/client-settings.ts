import type { LocalCloud } from '../local-cloud.ts';

/** What an SDK client needs to reach a service of the local cloud. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function clientSettings({ endpoints, environment, region }: LocalCloud, service: keyof LocalCloud['endpoints']): ClientSettings {
  return {
    region,
    endpoint: endpoints[service],
    credentials: { accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '' },
  };
}
