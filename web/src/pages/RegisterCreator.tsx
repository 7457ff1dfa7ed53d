import { RegisterForm } from '@/components/RegisterForm';

export default function RegisterCreator() {
  return <RegisterForm kind="creator" />;
}
