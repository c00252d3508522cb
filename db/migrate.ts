export declare function migrate(ownerUrl: string): Promise<string[]>;
