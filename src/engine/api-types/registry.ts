/** The header X-Registry-Auth: base64url of this, and the body of POST /auth. */
export interface AuthConfig {
  readonly username?: string;
  readonly password?: string;
  readonly auth?: string;
  readonly serveraddress?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}
export interface AuthResponse {
  readonly Status: string;
  readonly IdentityToken?: string;
}

/** An element of GET /images/search. */
export interface SearchResult {
  readonly star_count: number;
  readonly is_official: boolean;
  readonly name: string;
  readonly is_automated: boolean;
  readonly description: string;
}
