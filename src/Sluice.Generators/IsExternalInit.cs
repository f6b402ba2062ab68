#pragma warning disable IDE0130 // The compiler looks for the type in this namespace.
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler needs for records on a framework without it.</summary>
static class IsExternalInit;
