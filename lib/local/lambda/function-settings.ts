/** One function as the template describes it, resolved. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  /** Absolute path of the bundle's folder. */
  readonly codeFolder: string;
  /** `<file without ending>.<export>` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** How many invocations run at once; the others wait. */
  readonly concurrency: number;
  /** Everything that the function finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}
