/** Seed 3's `VoiceAssistantAuth`, call for call, with a storage of its own in place of the browser's. */
export class SeedClient {
  token: string | null = null;
  readonly storage = new Map<string, string>();
  constructor(readonly baseUrl: string) {}

  #post(path: string, body: object): Promise<Response> {
    return fetch(`${this.baseUrl}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  async signup(email: string, password: string, first_name?: string, last_name?: string) {
    return (await this.#post("/auth/signup", { email, password, first_name, last_name })).json();
  }

  async login(email: string, password: string) {
    const data = await (await this.#post("/auth/login", { email, password })).json();
    if (data.success) {
      this.storage.set("access_token", data.access_token);
      this.storage.set("refresh_token", data.refresh_token);
      this.token = data.access_token;
    }
    return data;
  }

  async makeAuthenticatedRequest(url: string, options: RequestInit = {}): Promise<Response> {
    const headers: Record<string, string> = {
      Authorization: `Bearer ${this.token}`,
      "Content-Type": "application/json",
    };
    const response = await fetch(`${this.baseUrl}${url}`, { ...options, headers });
    if (response.status !== 401) return response;
    await this.refreshToken();
    headers.Authorization = `Bearer ${this.token}`;
    return fetch(`${this.baseUrl}${url}`, { ...options, headers });
  }

  async refreshToken() {
    const refresh_token = this.storage.get("refresh_token");
    if (!refresh_token) throw new Error("No refresh token available");
    const data = await (await this.#post("/auth/refresh", { refresh_token })).json();
    if (data.success) {
      this.storage.set("access_token", data.access_token);
      this.token = data.access_token;
    }
    return data;
  }

  async logout() {
    if (this.token)
      await fetch(`${this.baseUrl}/auth/logout`, {
        method: "POST",
        headers: { Authorization: `Bearer ${this.token}` },
      });
    this.storage.clear();
    this.token = null;
  }
}
