import { describe, expect, test } from "vitest";
import { hasAccounts, readEnv } from "./env";

const laptop = {
  CLOUD: "local",
  DATABASE_URL: "postgres://vouchsafe_app:secret@127.0.0.1:5432/vouchsafe",
  AWS_ENDPOINT_URL: "http://127.0.0.1:4600",
  CONNECT_INSTANCE_ID: "11111111-1111-4111-8111-111111111111",
  CONNECT_VIDEO_FLOW_ID: "22222222-2222-4222-8222-222222222222",
  CONNECT_SUPPORT_FLOW_ID: "33333333-3333-4333-8333-333333333333",
  CONNECT_SMS_NUMBER: "+15551234567",
  VIDEO_JWT_KMS_KEY_ID: "alias/video-jwt-signing-key",
  VIDEO_RECORDINGS_KMS_KEY_ID: "alias/video-recordings-cmk",
  SES_SENDER: "noreply@vouchsafe.test",
  COGNITO_USER_POOL_ID: "us-east-1_laptop001",
  COGNITO_CLIENT_ID: "api",
  COGNITO_WEB_CLIENT_ID: "web",
  NEXT_PUBLIC_APP_URL: "http://127.0.0.1:3000/",
  VIDEO_JOIN_URL: "http://127.0.0.1:3000",
};

describe("the environment", () => {
  test("a laptop's is read, and addresses lose their trailing slash", () => {
    const env = readEnv(laptop);
    expect(env.NEXT_PUBLIC_APP_URL).toBe("http://127.0.0.1:3000");
    expect(env.VISIT_ROUTE).toBe("meeting");
  });

  test("every bad variable is named at once, and no value is shown", () => {
    const read = () =>
      readEnv({ ...laptop, DATABASE_URL: "hunter2-not-a-url", SES_SENDER: "hunter2", PORT: "99999" });
    expect(read).toThrow(/DATABASE_URL[\s\S]*SES_SENDER|PORT[\s\S]*DATABASE_URL[\s\S]*SES_SENDER/);
    expect(read).not.toThrow(/hunter2/);
  });

  test("a half-configured cloud is refused, naming what is missing", () => {
    expect(() => readEnv({ CLOUD: "aws", DATABASE_URL: laptop.DATABASE_URL })).toThrow(
      /CONNECT_INSTANCE_ID[\s\S]*VIDEO_JWT_KMS_KEY_ID/,
    );
  });

  test("accounts are configured as a whole or not at all", () => {
    const none = { COGNITO_USER_POOL_ID: "", COGNITO_CLIENT_ID: undefined, COGNITO_WEB_CLIENT_ID: undefined };
    expect(hasAccounts(readEnv({ ...laptop, ...none }))).toBe(false);
    expect(hasAccounts(readEnv(laptop))).toBe(true);
    expect(() => readEnv({ ...laptop, COGNITO_WEB_CLIENT_ID: undefined })).toThrow(/COGNITO_WEB_CLIENT_ID/);
    expect(() => readEnv({ ...laptop, ...none, COGNITO_CLIENT_ID: "api" })).toThrow(
      /COGNITO_USER_POOL_ID[\s\S]*COGNITO_WEB_CLIENT_ID/,
    );
  });

  test("so is the way by SIP", () => {
    expect(readEnv(laptop).VOICE_CONNECTOR_ARN).toBe("");
    expect(() => readEnv({ ...laptop, VOICE_CONNECTOR_ARN: "arn:aws:chime:us-east-1:0:vc/x" })).toThrow(
      /SIP_MEDIA_APPLICATION_ID[\s\S]*SUPPORT_SIP_NUMBER[\s\S]*SUPPORT_SIP_CALLER_NUMBER/,
    );
  });

  test("the laptop never reaches a real cloud, and a real cloud never a laptop", () => {
    expect(() => readEnv({ ...laptop, AWS_ENDPOINT_URL: undefined })).toThrow(/AWS_ENDPOINT_URL/);
    expect(() => readEnv({ ...laptop, CLOUD: "aws", VIDEO_JOIN_URL: "https://visit.example" })).toThrow(
      /AWS_ENDPOINT_URL/,
    );
  });

  test("patients' links are https in production", () => {
    expect(() => readEnv({ ...laptop, CLOUD: "aws", AWS_ENDPOINT_URL: undefined })).toThrow(/VIDEO_JOIN_URL/);
  });
});
