export { SignIn } from "./components/sign-in";
export { personName, usePerson, useSession } from "./state/session";
