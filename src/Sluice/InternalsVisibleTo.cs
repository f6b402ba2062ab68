using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Sluice.Cli")]
[assembly: InternalsVisibleTo("Sluice.Specification")]
[assembly: InternalsVisibleTo("Sluice.Tests")]
[assembly: InternalsVisibleTo("Sluice.Generators.Tests")]
