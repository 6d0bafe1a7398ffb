import { t } from "@lingui/core/macro";
import { createFileRoute, Link } from "@tanstack/react-router";

import { personName, usePerson, useRole } from "@/features/auth";
import { InSightChoice, SendKeyChoice } from "@/features/chat";
import { AnswerNotice } from "@/features/conversations";
import { ModelPicker } from "@/features/models";
import {
  LanguageChoice,
  pinModels,
  ReadingChoices,
  SettingsSection,
  ThemeChoice,
  updatePreferences,
  usePreferences,
} from "@/features/profile";
import { formatList } from "@/i18n/format";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { linkClass } from "@/ui/link";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";
import { Skeleton } from "@/ui/skeleton";
import { Switch } from "@/ui/switch";

import { leave } from "./-leave";

export const Route = createFileRoute("/_workspace/settings")({ component: Settings });

const providerNames: Record<string, string> = { "google.com": "Google", "github.com": "GitHub" };

function providerName(id: string): string {
  return id === "password" ? t`e-mail and password` : (providerNames[id] ?? id);
}

function Settings() {
  const person = usePerson();
  const role = useRole();
  const preferences = usePreferences(person.uid);
  const heading = usePageFocus(t`Settings`, "settings");
  const providers = formatList(person.providers.map(providerName));
  return (
    <Page title={t`Settings`} heading={heading}>
      <SettingsSection
        title={t`Appearance`}
        description={t`Kept in your profile, so that it is the same on every device.`}
      >
        <ThemeChoice />
      </SettingsSection>
      <SettingsSection
        title={t`Language`}
        description={t`What models answer in is not changed by it.`}
      >
        <LanguageChoice />
      </SettingsSection>
      <SettingsSection title={t`Reading and writing`} description={t`Kept on this device.`}>
        <div className="space-y-5">
          <ReadingChoices />
          <div>
            <p aria-hidden className="mb-1.5 text-sm font-medium">
              {t`While an answer is written`}
            </p>
            <InSightChoice />
          </div>
          <div>
            <p aria-hidden className="mb-1.5 text-sm font-medium">
              {t`Send with`}
            </p>
            <SendKeyChoice />
          </div>
          <AnswerNotice />
        </div>
      </SettingsSection>
      <SettingsSection
        title={t`Default model`}
        description={t`New chats begin with it. A conversation keeps the model that it used last.`}
      >
        <ModelPicker
          value={preferences?.defaultModel ?? null}
          placeholder={t`The last one you used`}
          onChange={(model) => void updatePreferences({ defaultModel: model })}
          pinned={preferences?.pinnedModels ?? null}
          onPin={pinModels}
          className="border border-control bg-raised text-ink"
        />
      </SettingsSection>
      <SettingsSection title={t`Keys`} description={t`For programs that ask models in your name.`}>
        <p className="text-sm">
          <Link to="/settings/keys" className={linkClass}>
            {t`Your keys`}
          </Link>
        </p>
      </SettingsSection>
      <SettingsSection
        title={t`Privacy`}
        description={t`What of you is counted, and what is stored where.`}
      >
        {preferences ? (
          <Switch
            label={t`Count how I use this`}
            hint={t`Your ratings of answers, how long a session is and which functions you use: for the administrators of this workspace, without your words. Nothing goes to anybody else.`}
            checked={preferences.metrics}
            onChange={(metrics) => void updatePreferences({ metrics })}
          />
        ) : (
          <Skeleton label={t`preferences`} lines={["w-1/3", "w-full"]} />
        )}
        <p className="mt-4 text-sm">
          <Link to="/privacy" className={linkClass}>
            {t`What is stored where`}
          </Link>
        </p>
      </SettingsSection>
      <SettingsSection title={t`Account`} description={t`Who you are signed in as, and how.`}>
        <div className="flex items-center gap-3.5">
          <Avatar name={personName(person)} photo={person.photo} size="size-11" />
          <div className="min-w-0">
            <p className="truncate font-medium">{personName(person)}</p>
            <p className="truncate text-sm text-ink-muted">{person.email}</p>
          </div>
        </div>
        <p className="mt-3 text-sm text-ink-muted">
          {t`Signs in with ${providers}.`}
          {role === "admin" ? ` ${t`You are an administrator of this workspace.`}` : null}
        </p>
        <Button className="mt-4" onClick={() => void leave()}>
          {t`Sign out`}
        </Button>
      </SettingsSection>
    </Page>
  );
}
