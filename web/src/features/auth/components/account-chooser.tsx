/**
 * Stands in for Google's and GitHub's own windows where there is no internet to show them. Loaded in
 * local builds only; `npm run check` looks for it in the production bundle.
 */
import { UserPlus } from "lucide-react";
import { useState, type FormEvent } from "react";

import type { ProviderId } from "@/firebase/auth";
import { signInLocally, type LocalPerson } from "@/firebase/local-sign-in";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";

const storageKey = "colonycraft.local-accounts";

function knownPeople(): LocalPerson[] {
  try {
    const people: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(people) ? people.filter(isPerson) : [];
  } catch {
    return [];
  }
}

function isPerson(value: unknown): value is LocalPerson {
  return typeof value === "object" && value !== null && "name" in value && "email" in value;
}

function remember(person: LocalPerson): void {
  const others = knownPeople().filter((known) => known.email !== person.email);
  localStorage.setItem(storageKey, JSON.stringify([person, ...others].slice(0, 8)));
}

export default function AccountChooser({
  provider,
  onClose,
  attempt,
}: {
  provider: ProviderId;
  onClose: () => void;
  attempt: (work: () => Promise<void>) => void;
}) {
  const [people] = useState(knownPeople);
  const [adding, setAdding] = useState(people.length === 0);
  const name = provider === "google.com" ? "Google" : "GitHub";

  function choose(person: LocalPerson) {
    attempt(async () => {
      await signInLocally(provider, person);
      remember(person);
    });
  }

  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [personName, email] = [form.get("name"), form.get("email")];
    if (typeof personName !== "string" || typeof email !== "string") return;
    choose({ name: personName.trim(), email: email.trim().toLowerCase() });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Choose a ${name} account`}
      description={`This workspace runs on your own machine: no ${name} is asked, and any name will do.`}
    >
      {people.length > 0 ? (
        <ul className="-mx-2">
          {people.map((person) => (
            <li key={person.email}>
              <button
                type="button"
                className="flex w-full items-center gap-3 rounded-control p-2 text-start hover:bg-hover"
                onClick={() => choose(person)}
              >
                <Avatar name={person.name} photo={null} />
                <span className="min-w-0">
                  <span className="block truncate text-sm font-medium">{person.name}</span>
                  <span className="block truncate text-xs text-ink-muted">{person.email}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {adding ? (
        <form onSubmit={add} className="mt-2 space-y-4">
          <TextField label="Name" name="name" autoComplete="off" required maxLength={100} />
          <TextField label="E-mail" name="email" type="email" autoComplete="off" required />
          <Button type="submit" variant="primary" size="large" className="w-full">
            Continue
          </Button>
        </form>
      ) : (
        <Button variant="ghost" className="mt-2 -ms-2" onClick={() => setAdding(true)}>
          <UserPlus size={18} aria-hidden />
          Add account
        </Button>
      )}
    </Dialog>
  );
}
