/** Where features, clusters and assignments are computed. */
export type EngineConfig = DuckDbEngineConfig | TrinoEngineConfig | SparkEngineConfig;

/** The database inside the process. */
export interface DuckDbEngineConfig {
  readonly kind: "duckdb";
  /** Most memory before tables and queries spill to disk, such as `2GB`; absent: 60 % of the machine's. */
  readonly memory?: string;
  /** Absent: all processors. No result depends on it. */
  readonly threads?: number;
  /** Folder for what does not fit in memory; absent: one of its own in the system's temporary folder. */
  readonly temporaryFolder?: string;
}

export interface TrinoEngineConfig {
  readonly kind: "trino";
  readonly url: string;
  readonly catalog: string;
  readonly schema: string;
  readonly user?: string;
  /** Name of the environment variable that holds the password. */
  readonly passwordFrom?: string;
  /** PEM file of the authority that signed the server's certificate, relative to the workbook; absent: those that Node trusts. */
  readonly caFile?: string;
}

export interface SparkEngineConfig {
  readonly kind: "spark";
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  /** Name of the environment variable that holds the password. */
  readonly passwordFrom?: string;
}

/** A database that sources read. Passwords come from the environment only. */
export interface ConnectionConfig {
  readonly kind: "postgresql" | "mysql" | "trino";
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  /** trino: where it answers. */
  readonly url?: string;
  readonly catalog?: string;
  readonly schema?: string;
  readonly user?: string;
  /** Name of the environment variable that holds the user. */
  readonly userFrom?: string;
  /** Name of the environment variable that holds the password. */
  readonly passwordFrom?: string;
  /** Whether the connection is encrypted: verify checks the server's certificate; default: verify, but not on loopback. */
  readonly tls?: "verify" | "off";
  /** PEM file of the authority that signed the server's certificate, relative to the workbook; absent: those that Node trusts. */
  readonly caFile?: string;
  /** postgresql, mysql: seconds that reading one table may take; absent: an hour. */
  readonly timeoutSeconds?: number;
}
