/** Where the template believes it runs. */
export interface AwsIdentity {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
}

/** The account number that emulators use by convention. */
const LOCAL_ACCOUNT = '000000000000';

export function localIdentity(region: string): AwsIdentity {
  return { account: LOCAL_ACCOUNT, region, partition: 'aws', urlSuffix: 'amazonaws.com' };
}

export function arn({ partition, region, account }: AwsIdentity, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
